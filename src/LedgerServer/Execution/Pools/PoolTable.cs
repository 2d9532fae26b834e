using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Subscription pools, and what they hold for each period that is not closed. A period's sums are let go when it is divided,
/// and the rest when the period closes.
/// </summary>
internal sealed class PoolTable : IStateTable
{
    private readonly Dictionary<string, Pool> _byId = new(StringComparer.Ordinal);
    private readonly List<Pool> _all = [];
    private readonly SortedDictionary<(string PeriodId, string PoolId), PoolPeriod> _periods = new(PeriodFirst.Instance);
    private readonly HashSet<string> _subscriptionIds = new(StringComparer.Ordinal);

    /// <summary>All pools, ordered by the sequence of opening.</summary>
    public IReadOnlyList<Pool> All => _all;

    /// <summary>What pools hold for periods that are not closed, ordered by period id, then pool id.</summary>
    public IReadOnlyCollection<PoolPeriod> Periods => _periods.Values;

    /// <summary>Sums kept in all pools and periods together.</summary>
    public int SumCount { get; private set; }

    /// <summary>Ids of all payments into pools, ordered by id.</summary>
    public IEnumerable<string> SubscriptionIds => _subscriptionIds.Order(StringComparer.Ordinal);

    /// <summary>A pool; null where there is none with the id.</summary>
    public Pool? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What a pool holds for a period; null where nothing was paid or used, or the period is closed.</summary>
    public PoolPeriod? Find(string poolId, string periodId) => _periods.GetValueOrDefault((periodId, poolId));

    /// <summary>Whether a payment with the id was made.</summary>
    public bool IsSubscribed(string subscriptionId) => _subscriptionIds.Contains(subscriptionId);

    /// <summary>The first pool, by id, that holds money of a period and is not settled; null where there is none.</summary>
    public PoolPeriod? FindUnsettled(string periodId)
    {
        foreach (var held in _periods.Values)
        {
            if (string.Equals(held.PeriodId, periodId, StringComparison.Ordinal) && held is { Paid: > 0, IsSettled: false })
            {
                return held;
            }
        }

        return null;
    }

    /// <summary>Adds a pool whose id is new.</summary>
    internal void Add(Pool pool)
    {
        _byId.Add(pool.PoolId, pool);
        _all.Add(pool);
    }

    /// <summary>Adds a checked payment whose id is new.</summary>
    internal void Pay(Subscribe body)
    {
        _subscriptionIds.Add(body.SubscriptionId);
        SumCount += HoldingOf(body.PoolId, body.PeriodId).Pay(LearnerKey.Of(body.LearnerPseudonym), body.Amount.MinorUnits) ? 1 : 0;
    }

    /// <summary>Adds checked usage.</summary>
    /// <param name="poolId">The pool.</param>
    /// <param name="periodId">The period.</param>
    /// <param name="key">Who used what; the work's id is kept as it is given, so give the work's own.</param>
    /// <param name="units">How much.</param>
    internal void Use(string poolId, string periodId, UsageKey key, ulong units) =>
        SumCount += HoldingOf(poolId, periodId).Use(key, units) ? 1 : 0;

    /// <summary>Fixes the parts of a pool's period, of which the first ones are paid.</summary>
    internal void Divide(PoolPeriod held, IReadOnlyList<WorkPart> parts, int settled)
    {
        SumCount -= held.SumCount;
        held.Divide(parts, settled);
    }

    /// <summary>Moves the payments of a pool's period to another one of the pool, for which there is room.</summary>
    /// <param name="held">The period that has them; without usage, not divided.</param>
    /// <param name="toPeriodId">The period that gets them; not divided.</param>
    internal void Carry(PoolPeriod held, string toPeriodId)
    {
        // In no order: sums by payer come out the same in any.
        var payments = held.CopyPayments();
        SumCount -= held.SumCount;
        held.Leave();
        var to = HoldingOf(held.PoolId, toPeriodId);
        foreach (var payment in payments)
        {
            SumCount += to.Pay(payment.Learner, payment.MinorUnits) ? 1 : 0;
        }
    }

    /// <summary>Lets go what pools hold for a period that closes.</summary>
    internal void Drop(string periodId)
    {
        foreach (var held in _periods.Values.Where(held => string.Equals(held.PeriodId, periodId, StringComparison.Ordinal)).ToArray())
        {
            SumCount -= held.SumCount;
            _periods.Remove((held.PeriodId, held.PoolId));
        }
    }

    string IStateTable.Name => "pools";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_all);
        writer.Records(_subscriptionIds, string.CompareOrdinal);
        writer.Records(_periods.Values.Select(held => held.Save()));
        foreach (var held in _periods.Values)
        {
            PoolSums.Save(held, writer);
        }
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<Pool>(Add);
        reader.EachRecord<string>(id => _subscriptionIds.Add(id));
        reader.EachRecord<SavedPoolPeriod>(saved => _periods.Add((saved.PeriodId, saved.PoolId), PoolPeriod.Load(saved)));
        foreach (var held in _periods.Values)
        {
            PoolSums.Load(held, reader);
            SumCount += held.SumCount;
        }
    }

    private PoolPeriod HoldingOf(string poolId, string periodId)
    {
        if (!_periods.TryGetValue((periodId, poolId), out var held))
        {
            _periods.Add((periodId, poolId), held = new PoolPeriod(poolId, periodId));
        }

        return held;
    }

    private sealed class PeriodFirst : IComparer<(string PeriodId, string PoolId)>
    {
        public static PeriodFirst Instance { get; } = new();

        public int Compare((string PeriodId, string PoolId) x, (string PeriodId, string PoolId) y)
        {
            var byPeriod = string.CompareOrdinal(x.PeriodId, y.PeriodId);
            return byPeriod != 0 ? byPeriod : string.CompareOrdinal(x.PoolId, y.PoolId);
        }
    }
}
