using KpGrpc.LedgerServer.Execution.Holds;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A hold was placed. Its held postings are effects of their own.</summary>
/// <param name="Hold">The hold.</param>
internal sealed record HoldPlaced(HoldRecord Hold) : Effect;
