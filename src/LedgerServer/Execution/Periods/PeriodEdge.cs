using KpGrpc.LedgerServer.Execution.Periods.Statements;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>Where in the order a period's start or end fell, and what every organisation had then.</summary>
/// <param name="Sequence">First sequence on or after the edge.</param>
/// <param name="Book">
/// Sums of all that counts before the edge: postings ordered before it, and the settlement of periods that end by it,
/// whenever that was ordered.
/// </param>
internal sealed record PeriodEdge(ulong Sequence, StatementBook Book)
{
    /// <summary>The edge with more that counts before it.</summary>
    public PeriodEdge Plus(StatementBook counted) => this with { Book = Book.Plus(counted) };
}
