using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>
/// An effect that shows how revenue was split, or given back: what minimum guarantees count by. Every effect with a split of
/// its own implements it.
/// </summary>
internal interface IRevenueEffect
{
    /// <summary>The split.</summary>
    SplitResult Split { get; }

    /// <summary>Whether the parties gave the parts back rather than got them.</summary>
    bool IsGivenBack { get; }
}
