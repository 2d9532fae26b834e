using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Signing;

/// <summary>A signed command, ready to be sent as often as needed: the same bytes are executed once.</summary>
/// <param name="OrganizationId">Who submits.</param>
/// <param name="IdempotencyKey">Its key, 16 bytes; keep it until the outcome is known.</param>
/// <param name="Message">The signed bytes.</param>
/// <param name="LedgerId">The ledger that it is for.</param>
public sealed record PreparedCommand(string OrganizationId, ReadOnlyMemory<byte> IdempotencyKey, SignedCommand Message, string LedgerId);
