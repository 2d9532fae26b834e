using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A dispute was resolved.</summary>
/// <param name="DisputeId">The dispute.</param>
/// <param name="Upheld">True for the claimant.</param>
/// <param name="Owners">Owners of the work from here on.</param>
internal sealed record DisputeResolved(string DisputeId, bool Upheld, IReadOnlyList<OwnerShare> Owners) : Effect;
