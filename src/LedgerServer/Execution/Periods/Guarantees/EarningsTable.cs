using System.Runtime.InteropServices;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Periods.Guarantees;

/// <summary>
/// What the parties of agreements earned in periods that are not closed. At most one sum a line of an agreement, currency and
/// open period, so it grows with the agreements and not with the sales.
/// </summary>
internal sealed class EarningsTable : IStateTable
{
    private readonly Dictionary<EarningsKey, Int128> _earned = [];

    /// <summary>The sums, ordered by key.</summary>
    public IReadOnlyList<EarningsEntry> All
    {
        get
        {
            var all = _earned.Select(entry => new EarningsEntry(entry.Key, entry.Value)).ToArray();
            Array.Sort(all, EarningsKey.Compare);
            return all;
        }
    }

    /// <summary>What a guaranteed line earned in a period.</summary>
    public Int128 Of(string periodId, DueGuarantee due) => _earned.GetValueOrDefault(new EarningsKey(
        periodId,
        due.AgreementId,
        due.Guarantee.RevenueKind,
        due.Guarantee.Party.OrganizationId,
        due.Guarantee.Party.Role,
        due.Guarantee.Amount.CurrencyCode));

    /// <summary>Counts what an accepted command split: a pool's parts in the pool's period, all else in the running one.</summary>
    /// <param name="effects">The command's effects.</param>
    /// <param name="runningPeriodId">The period that is running; null where none is.</param>
    internal void Count(IReadOnlyList<Effect> effects, string? runningPeriodId)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is IRevenueEffect revenue
                && (revenue is PoolSettled settled ? settled.PeriodId : runningPeriodId) is { } periodId)
            {
                Count(periodId, revenue);
            }
        }
    }

    /// <summary>Lets go the sums of a period that closes.</summary>
    internal void Drop(string periodId)
    {
        foreach (var key in _earned.Keys.Where(key => string.Equals(key.PeriodId, periodId, StringComparison.Ordinal)).ToArray())
        {
            _earned.Remove(key);
        }
    }

    string IStateTable.Name => "earnings";

    void IStateTable.Save(StateWriter writer) =>
        writer.Records(_earned.Select(entry => new EarningsEntry(entry.Key, entry.Value)), EarningsKey.Compare);

    void IStateTable.Load(StateReader reader) =>
        reader.EachRecord<EarningsEntry>(entry => _earned.Add(entry.Key, entry.MinorUnits));

    private void Count(string periodId, IRevenueEffect revenue)
    {
        var split = revenue.Split;
        foreach (var line in split.Lines.Where(line => line.RoyaltyOfWorkId.Length == 0))
        {
            var key = new EarningsKey(
                periodId, split.AgreementId, split.RevenueKind, line.OrganizationId, line.Role, line.Amount.CurrencyCode);
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_earned, key, out _);
            sum += revenue.IsGivenBack ? -(Int128)line.Amount.MinorUnits : line.Amount.MinorUnits;
        }
    }
}
