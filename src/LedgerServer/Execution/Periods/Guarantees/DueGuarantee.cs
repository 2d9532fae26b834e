using KpGrpc.LedgerServer.Execution.Agreements.Limits;

namespace KpGrpc.LedgerServer.Execution.Periods.Guarantees;

/// <summary>A minimum guarantee that was in force at a period's last microsecond.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">Its version.</param>
/// <param name="Guarantee">What is guaranteed to whom, by whom.</param>
internal sealed record DueGuarantee(string AgreementId, uint Version, MinimumGuarantee Guarantee);
