namespace KpGrpc.LedgerServer.Admission;

/// <summary>Where commands must be addressed to.</summary>
/// <param name="NetworkId">This network.</param>
/// <param name="LedgerId">This ledger.</param>
internal sealed record AdmissionScope(string NetworkId, string LedgerId);
