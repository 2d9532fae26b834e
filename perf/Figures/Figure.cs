namespace KpGrpc.Perf.Figures;

/// <summary>
/// One measured number, as one line of <c>perf/results/&lt;verb&gt;.jsonl</c>.
/// A verb states what it measured; <see cref="FigureWriter"/> adds machine, commit and time.
/// </summary>
public sealed record Figure
{
    /// <summary>What was measured, dotted from general to particular, such as <c>ml-1m.counts</c> or <c>merkle-log.append</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which number of it this is, such as <c>hr@10</c> or <c>throughput</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The number, in <see cref="Unit"/>. Must be finite: JSON has no other numbers.</summary>
    public required double Value { get; init; }

    /// <summary>Unit of <see cref="Value"/>, such as <c>1/s</c>, <c>s</c>, <c>By</c>; null for a plain ratio or score.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// What the value stands beside: another measurement of the same run or a published figure, named so that a
    /// reader can find it. Null if it stands alone.
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>This value divided by the peer's value; null where there is no peer. Must be finite.</summary>
    public double? Ratio { get; init; }
}
