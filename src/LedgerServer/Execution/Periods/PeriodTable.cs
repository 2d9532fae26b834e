using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Limits;
using KpGrpc.LedgerServer.Execution.Periods.Guarantees;
using KpGrpc.LedgerServer.Execution.Periods.Statements;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Periods;

/// <summary>
/// Settlement periods in the order of their times, and the books at their edges. Periods open and close in that order, so
/// what counts before a period is final when it closes.
/// </summary>
internal sealed class PeriodTable : IStateTable
{
    private readonly List<SettlementPeriod> _all = [];
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);

    // The next edge that time has not reached, so that a command between two edges costs one comparison.
    private long _nextEdgeMicros = long.MaxValue;

    /// <summary>All periods, ordered by start.</summary>
    public IReadOnlyList<SettlementPeriod> All => _all;

    /// <summary>Position of the first period that is not closed; the number of periods where all are.</summary>
    public int FirstOpen { get; private set; }

    /// <summary>The period whose start is reached and whose end is not; null where none is running.</summary>
    public string? RunningPeriodId { get; private set; }

    /// <summary>A period; null where there is none with the id.</summary>
    public SettlementPeriod? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>
    /// Takes the books of every edge that the order's time has reached. Called before each command, rejected ones too: an
    /// edge is a matter of time, not of what is asked.
    /// </summary>
    /// <param name="orderedAtMicros">Time of the command that comes next.</param>
    /// <param name="nextSequence">Its sequence.</param>
    /// <param name="state">The state as the commands before have left it.</param>
    internal void Reach(long orderedAtMicros, ulong nextSequence, LedgerState state)
    {
        if (orderedAtMicros >= _nextEdgeMicros)
        {
            TakeBooks(orderedAtMicros, nextSequence, state);
        }
    }

    /// <summary>Adds a period that starts where the last one ends, or later.</summary>
    internal void Open(SettlementPeriod period, long orderedAtMicros, LedgerState state)
    {
        _indexById.Add(period.PeriodId, _all.Count);
        _all.Add(period);
        FindNextEdge();
        Reach(orderedAtMicros, period.OpenedAtSequence + 1, state);
    }

    /// <summary>Counts what a command posted in a period that is over, whose settlement it is.</summary>
    /// <param name="periodId">The period; its end is reached.</param>
    /// <param name="sequence">The command.</param>
    /// <param name="posted">What it posted on organisations' accounts.</param>
    internal void Settle(string periodId, ulong sequence, StatementBook posted)
    {
        var index = _indexById[periodId];
        var period = _all[index];
        _all[index] = period with
        {
            End = period.End!.Plus(posted),
            SettledAtSequences = period.SettledAtSequences.Add(sequence),
        };
        for (var i = index + 1; i < _all.Count; i++)
        {
            _all[i] = _all[i] with { Start = _all[i].Start?.Plus(posted), End = _all[i].End?.Plus(posted) };
        }
    }

    /// <summary>Remembers how many guarantees of the first open period are met or paid.</summary>
    internal void SettleGuarantees(int settled) => _all[FirstOpen] = _all[FirstOpen] with { GuaranteesSettled = settled };

    /// <summary>Closes the first open period.</summary>
    internal void Close(ulong sequence, IReadOnlyList<FinalStatement> statements, Hash256 root)
    {
        // The books have become statements; nothing asks for them again.
        _all[FirstOpen] = _all[FirstOpen] with
        {
            ClosedAtSequence = sequence,
            Statements = statements,
            StatementsRoot = root,
            Guarantees = [],
            GuaranteesSettled = 0,
            Start = _all[FirstOpen].Start! with { Book = StatementBook.Empty },
            End = _all[FirstOpen].End! with { Book = StatementBook.Empty },
        };
        FirstOpen++;
    }

    string IStateTable.Name => "periods";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<SettlementPeriod>(period =>
        {
            _indexById.Add(period.PeriodId, _all.Count);
            _all.Add(period);
            FirstOpen += period.IsOpen ? 0 : 1;
        });
        FindNextEdge();
    }

    private void TakeBooks(long orderedAtMicros, ulong nextSequence, LedgerState state)
    {
        for (var i = FirstOpen; i < _all.Count; i++)
        {
            if (_all[i].Start is null && _all[i].StartsAtMicros <= orderedAtMicros)
            {
                _all[i] = _all[i] with { Start = new PeriodEdge(nextSequence, StatementBook.Of(state.Accounts.All)) };
            }

            if (_all[i].End is null && _all[i].EndsAtMicros <= orderedAtMicros)
            {
                _all[i] = _all[i] with
                {
                    End = new PeriodEdge(nextSequence, StatementBook.Of(state.Accounts.All)),
                    Guarantees = GuaranteesAt(_all[i].EndsAtMicros - 1, state.Agreements),
                };
            }
        }

        FindNextEdge();
    }

    private static IReadOnlyList<DueGuarantee> GuaranteesAt(long atMicros, AgreementTable agreements) =>
        [.. agreements.InForce(atMicros).SelectMany(version => MinimumGuarantee.Of(version)
            .Select(guarantee => new DueGuarantee(version.Terms.AgreementId, version.Terms.Version, guarantee)))];

    private void FindNextEdge()
    {
        RunningPeriodId = null;
        _nextEdgeMicros = long.MaxValue;
        foreach (var period in _all.Skip(FirstOpen))
        {
            var next = period.Start is null ? period.StartsAtMicros : period.End is null ? period.EndsAtMicros : long.MaxValue;
            _nextEdgeMicros = Math.Min(_nextEdgeMicros, next);
            RunningPeriodId = period is { Start: not null, End: null } ? period.PeriodId : RunningPeriodId;
        }
    }
}
