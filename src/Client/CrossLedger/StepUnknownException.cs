namespace KpGrpc.Client.CrossLedger;

/// <summary>A step has no believable receipt; becomes <see cref="CrossLedgerOutcome.Unknown"/>.</summary>
/// <param name="step">The step.</param>
/// <param name="reason">Why, for people.</param>
internal sealed class StepUnknownException(CrossLedgerStep step, string reason) : Exception(reason)
{
    public CrossLedgerStep Step { get; } = step;
}
