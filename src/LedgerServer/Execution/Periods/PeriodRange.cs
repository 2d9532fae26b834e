namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Which sequences count in a period: those between its edges, and those that settled it; never those that settled another.
/// </summary>
internal sealed class PeriodRange
{
    private readonly ulong _from;
    private readonly ulong _below;
    private readonly HashSet<ulong> _own;
    private readonly HashSet<ulong> _others;

    private PeriodRange(ulong from, ulong below, HashSet<ulong> own, HashSet<ulong> others) =>
        (_from, _below, _own, _others) = (from, below, own, others);

    /// <summary>The range of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="periods">All periods; only earlier ones are settled while this one runs.</param>
    /// <param name="nextSequence">Where the order stands; what comes later is not in the range yet.</param>
    public static PeriodRange Of(SettlementPeriod period, PeriodTable periods, ulong nextSequence)
    {
        var from = period.Start?.Sequence ?? nextSequence;
        var below = period.End?.Sequence ?? nextSequence;
        var others = periods.All
            .TakeWhile(other => other.PeriodId != period.PeriodId)
            .SelectMany(other => other.SettledAtSequences)
            .Where(sequence => sequence >= from && sequence < below);
        return new PeriodRange(from, below, [.. period.SettledAtSequences], [.. others]);
    }

    /// <summary>No sequence before it counts.</summary>
    public ulong First => _own.Count == 0 ? _from : Math.Min(_from, _own.Min());

    /// <summary>No sequence after it counts.</summary>
    public ulong Last => Math.Max(_below == 0 ? 0 : _below - 1, _own.Count == 0 ? 0 : _own.Max());

    /// <summary>Whether what a sequence posted counts in the period.</summary>
    public bool Contains(ulong sequence) =>
        (sequence >= _from && sequence < _below && !_others.Contains(sequence)) || _own.Contains(sequence);
}
