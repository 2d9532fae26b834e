namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Which licence goes to whom, as <c>kp.copyright.v1.LicenceTransfer</c>.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="To">The new holder.</param>
internal sealed record LicenceTransfer(string LicenceId, LicenceHolder To);
