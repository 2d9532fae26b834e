using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>What one command's usage would add to a pool's period: counted before anything is changed.</summary>
internal sealed class AddedUsage
{
    private readonly PoolPeriod? _held;
    private readonly UsageKey[] _keys;
    private readonly List<Work> _works = [];
    private int _newSums;
    private int _newWorks;

    private AddedUsage(PoolPeriod? held, int entries) => (_held, _keys) = (held, new UsageKey[entries]);

    /// <summary>Sum of the units, at most 10,000 times 2^40.</summary>
    public ulong Units { get; private set; }

    /// <summary>Counts the entries of a command whose works exist.</summary>
    public static AddedUsage Of(RecordUsage body, LedgerState state)
    {
        var added = new AddedUsage(state.Pools.Find(body.PoolId, body.PeriodId), body.Entries.Count);
        var keys = new HashSet<UsageKey>();
        var works = new Dictionary<string, Work>(StringComparer.Ordinal);
        for (var i = 0; i < body.Entries.Count; i++)
        {
            added.Count(i, body.Entries[i], keys, works, state.Works);
        }

        return added;
    }

    /// <summary>Works within the limit, agreements, room, range of the units; in this order.</summary>
    public Rejection? Check(Pool pool, CommandContext context)
    {
        if ((_held?.WorkCount ?? 0) + _newWorks > EngineLimits.PoolPeriodWorksMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached,
                $"pool_id, period_id: at most {EngineLimits.PoolPeriodWorksMax} works are used in a pool's period; open another pool.");
        }

        return Shape.Each(_works, (work, _) => CheckAgreement(pool, work, context))
            ?? PoolChecks.Room(_held, _newSums, context.State)
            ?? ((_held?.Units ?? 0) + Units <= long.MaxValue
                ? null
                : Rejection.Because(
                    RejectionReason.AmountOverflow,
                    $"entries: the units of the pool's period would exceed {long.MaxValue}; count in greater units."));
    }

    /// <summary>Adds the usage.</summary>
    public void Commit(RecordUsage body, PoolTable pools)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            pools.Use(body.PoolId, body.PeriodId, _keys[i], body.Entries[i].Units);
        }
    }

    // The work's own text is kept, so that a million sums share it.
    private void Count(
        int index, UsageEntry entry, HashSet<UsageKey> keys, Dictionary<string, Work> works, WorkTable known)
    {
        if (!works.TryGetValue(entry.WorkId, out var work))
        {
            works.Add(entry.WorkId, work = known.Find(entry.WorkId)!);
            _works.Add(work);
            _newWorks += _held?.HasWork(entry.WorkId) == true ? 0 : 1;
        }

        var key = new UsageKey(LearnerKey.Of(entry.LearnerPseudonym), work.Details.WorkId);
        _keys[index] = key;
        Units += entry.Units;
        if (keys.Add(key) && _held?.HasUsage(key) != true)
        {
            _newSums++;
        }
    }

    // Divides nothing, which is refused for the same reasons as dividing something.
    private static Rejection? CheckAgreement(Pool pool, Work work, CommandContext context)
    {
        var nothing = new Money(0, pool.CurrencyCode, pool.Exponent);
        var item = new RevenueItem(work, RevenueKind.Subscription, nothing, PostingReason.PoolShare);
        return RevenueDivision.Divide(item, context.State, context.OrderedAtMicros, out var divided)
            ?? PoolChecks.OwnerIsParty(pool, work.Details.WorkId, divided!.Agreement.Terms);
    }
}
