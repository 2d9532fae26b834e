using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Signing;

/// <summary>Several commands under one signature.</summary>
/// <param name="OrganizationId">Who submits.</param>
/// <param name="IdempotencyKeys">The commands' keys in order, 16 bytes each.</param>
/// <param name="Message">The signed bytes.</param>
public sealed record PreparedBatch(string OrganizationId, IReadOnlyList<ReadOnlyMemory<byte>> IdempotencyKeys, SignedBatch Message);
