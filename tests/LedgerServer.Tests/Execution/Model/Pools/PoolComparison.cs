using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>Compares pools, periods, earnings and statements of the engine and the reference model.</summary>
internal static class PoolComparison
{
    public static void Compare(ReferenceModel model, LedgerState state)
    {
        Assert.Equal(
            model.State.Pools.Values.Select(p => $"{p.Id} {p.Owner} {p.IsUserCentric} {string.Join(' ', p.Members)}"),
            state.Pools.All.Select(p =>
                $"{p.PoolId} {p.OwnerOrganizationId} {p.Method == PoolMethod.UserCentric} {string.Join(' ', p.MemberOrganizationIds)}"));
        Assert.Equal(model.State.Subscriptions.Order(StringComparer.Ordinal), state.Pools.SubscriptionIds);
        Assert.Equal(
            model.State.Pools.Values.SelectMany(p => p.Collections.Select(c => Text(p.Id, c.Key, c.Value))).Order(StringComparer.Ordinal),
            state.Pools.Periods.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            model.State.Periods.Select(p => $"{p.Id} {p.IsClosed} {p.From} {p.Below} {string.Join(';', p.Statements)}"),
            state.Periods.All.Select(p => $"{p.PeriodId} {!p.IsOpen} {p.Start?.Sequence} {p.End?.Sequence} "
                + string.Join(';', p.Statements.Select(s =>
                    $"{s.Key.OrganizationId} {s.Key.CurrencyCode} {(BigInteger)s.Opening} {s.Lines.Debits} {s.Lines.Credits}"))));
        Assert.Equal(
            model.Earnings.Text,
            state.Earnings.All.Where(e => e.MinorUnits != 0)
                .Select(e => $"{e.Key.PeriodId} {e.Key.AgreementId} {e.Key.RevenueKind} {e.Key.OrganizationId} {e.Key.Role} {e.Key.CurrencyCode} {e.MinorUnits}")
                .Order(StringComparer.Ordinal));
    }

    /// <summary>The parts of each work that a receipt settles, and what it carries.</summary>
    public static void Compare(ReferenceModel model, Receipt receipt)
    {
        foreach (var carried in receipt.Effects.OfType<PoolCarried>())
        {
            Assert.Equal(model.State.Carried, $"{carried.PoolId} {carried.FromPeriodId} {carried.ToPeriodId} {carried.Amount.MinorUnits} {carried.Payers}");
            Assert.Empty(receipt.Effects.OfType<PoolSettled>());
        }

        var settled = receipt.Effects.OfType<PoolSettled>().ToArray();
        if (settled.Length > 0)
        {
            Assert.Equal(
                model.State.Settled.Select(s => $"{s}"),
                settled.Select(s => $"{s.WorkId} {s.Units} {string.Join(' ', s.Split.Lines.Select(line => line.Amount.MinorUnits))}"));
            Assert.All(settled, s => Assert.Equal(s.Split.Amount.MinorUnits, s.Split.Lines.Sum(line => line.Amount.MinorUnits)));
        }
    }

    // The sums go when a pool is divided; the model keeps them.
    private static string Text(string pool, string period, ModelCollection held) =>
        $"{pool} {period} {held.IsSettled} {held.Sum} "
        + (held.IsSettled
            ? ""
            : string.Join(';', held.Paid.Select(p => $"{p.Key} {p.Value}").Order(StringComparer.Ordinal))
                + "|" + string.Join(';', held.Used.Select(u => $"{u.Key.Learner} {u.Key.Work} {u.Value}").Order(StringComparer.Ordinal)));

    private static string Text(PoolPeriod held) =>
        $"{held.PoolId} {held.PeriodId} {held.IsSettled} {held.Paid} "
        + (held.IsSettled
            ? ""
            : string.Join(';', held.Payments().Select(p => $"{p.Learner} {p.MinorUnits}").Order(StringComparer.Ordinal))
                + "|" + string.Join(';', held.Usage().Select(u => $"{u.Key.Learner} {u.Key.WorkId} {u.Units}").Order(StringComparer.Ordinal)));
}
