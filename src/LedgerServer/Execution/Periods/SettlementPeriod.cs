using System.Collections.Immutable;
using KpGrpc.LedgerServer.Execution.Periods.Guarantees;
using KpGrpc.LedgerServer.Execution.Periods.Statements;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>A settlement period as it stands.</summary>
internal sealed record SettlementPeriod
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string PeriodId { get; init; }

    /// <summary>Its start, inclusive, by the order's time, microseconds since the Unix epoch.</summary>
    public required long StartsAtMicros { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public required long EndsAtMicros { get; init; }

    /// <summary>Sequence of its opening.</summary>
    public required ulong OpenedAtSequence { get; init; }

    /// <summary>Its start once reached, else null. A period that opens after its start begins at its opening.</summary>
    public PeriodEdge? Start { get; init; }

    /// <summary>Its end once reached, else null.</summary>
    public PeriodEdge? End { get; init; }

    /// <summary>Minimum guarantees in force at its last microsecond; empty before its end is reached.</summary>
    public IReadOnlyList<DueGuarantee> Guarantees { get; init; } = [];

    /// <summary>How many of the guarantees are met or paid, from the first.</summary>
    public int GuaranteesSettled { get; init; }

    /// <summary>Sequences of the commands that settled it, ascending: pools, guarantees and the close.</summary>
    public ImmutableList<ulong> SettledAtSequences { get; init; } = [];

    /// <summary>Sequence of the command that closed it; null while it is open.</summary>
    public ulong? ClosedAtSequence { get; init; }

    /// <summary>The final statements, ordered by organisation, then currency; empty while it is open.</summary>
    public IReadOnlyList<FinalStatement> Statements { get; init; } = [];

    /// <summary>Root over <see cref="Statements"/>; zeros while it is open.</summary>
    public Hash256 StatementsRoot { get; init; }

    /// <summary>Whether it can still be paid into and settled.</summary>
    public bool IsOpen => ClosedAtSequence is null;
}
