using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>An organisation in whose name the Gateway signs.</summary>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="Sign">Signs an encoded payload.</param>
internal sealed record LedgerSigner(string OrganizationId, Func<CommandPayload, SignedCommand> Sign);
