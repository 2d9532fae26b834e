using System.Numerics;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>Subscription pools of the reference model.</summary>
internal sealed class ModelPools(ModelState state, ModelRights rights, ModelBook book, ModelEarnings earnings)
{
    public string? Open(string by, OpenPool body)
    {
        var reason = First(
            (() => !state.Has(by, "Platform"), "RoleMissing"),
            (() => new[] { "revenue/", "escrow/", "foreign/" }.Any(body.AccountId.StartsWith), "Malformed"),
            (() => body.MemberOrganizationIds.Append(by).Distinct().Count() <= body.MemberOrganizationIds.Count, "Malformed"),
            (() => !state.Currencies.ContainsKey(body.CurrencyCode), "UnknownCurrency"),
            (() => state.Currencies[body.CurrencyCode] != body.Exponent, "ExponentMismatch"),
            (() => state.Pools.ContainsKey(body.PoolId) || state.Accounts.ContainsKey(body.AccountId), "AlreadyExists"),
            (() => body.MemberOrganizationIds.Any(id => !state.Organizations.ContainsKey(id)), "UnknownOrganization"));
        if (reason is null)
        {
            var account = new ModelAccount { Owner = "org:" + by, Kind = "Pool", Currency = body.CurrencyCode, Opener = by };
            state.Accounts.Add(body.AccountId, account);
            state.Pools.Add(body.PoolId, new ModelPool
            {
                Id = body.PoolId,
                Account = account,
                Owner = by,
                Members = [.. body.MemberOrganizationIds],
                IsUserCentric = $"{body.Method}" == "UserCentric",
            });
        }

        return reason;
    }

    public string? Subscribe(string by, Subscribe body, long now)
    {
        var payer = state.Accounts.GetValueOrDefault(body.PayerAccountId);
        var learner = "learner:" + body.LearnerPseudonym;
        var reason = First(
            (() => !state.Has(by, "Platform"), "RoleMissing"),
            (() => body.Amount.MinorUnits <= 0, "AmountInvalid"),
            (() => !state.Currencies.ContainsKey(body.Amount.CurrencyCode), "UnknownCurrency"),
            (() => state.Currencies[body.Amount.CurrencyCode] != body.Amount.Exponent, "ExponentMismatch"),
            (() => state.Subscriptions.Contains(body.SubscriptionId), "AlreadyExists"))
            ?? Collecting(by, body.PoolId, body.PeriodId)
            ?? First(
                (() => payer is null, "UnknownAccount"),
                (() => payer!.Kind != "Wallet", "AccountKindWrong"),
                (() => payer!.Owner != learner && payer.Owner != "org:" + by, "NotAuthorized"),
                (() => payer!.Owner == learner && payer.Opener != by && state.Has(payer.Opener, "Platform"), "NotAuthorized"),
                (() => payer!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
                (() => state.Pools[body.PoolId].Account.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"));
        reason ??= book.Post(
            [new ModelLine(payer!, true, body.Amount.MinorUnits), new ModelLine(state.Pools[body.PoolId].Account, false, body.Amount.MinorUnits)], now);
        if (reason is null)
        {
            state.Subscriptions.Add(body.SubscriptionId);
            var paid = state.Pools[body.PoolId].Of(body.PeriodId).Paid;
            paid[body.LearnerPseudonym] = paid.GetValueOrDefault(body.LearnerPseudonym) + body.Amount.MinorUnits;
        }

        return reason;
    }

    public string? Record(string by, RecordUsage body, long now)
    {
        var reason = First((() => !state.Has(by, "Platform", "Technology"), "RoleMissing"))
            ?? Collecting(by, body.PoolId, body.PeriodId)
            ?? First((() => body.Entries.Any(entry => !state.Works.ContainsKey(entry.WorkId)), "UnknownWork"))
            ?? body.Entries.Select(entry => Uncovered(state.Pools[body.PoolId], entry.WorkId, now)).FirstOrDefault(r => r is not null);
        if (reason is null)
        {
            var used = state.Pools[body.PoolId].Of(body.PeriodId).Used;
            foreach (var entry in body.Entries)
            {
                var key = (entry.LearnerPseudonym, entry.WorkId);
                used[key] = used.GetValueOrDefault(key) + entry.Units;
            }
        }

        return reason;
    }

    public string? Settle(string by, SettlePool body, long now)
    {
        var pool = state.Pools.GetValueOrDefault(body.PoolId);
        var period = state.Periods.Find(p => p.Id == body.PeriodId);
        var held = pool?.Collections.GetValueOrDefault(body.PeriodId);
        var paid = held?.Sum ?? 0;
        var reason = First(
            (() => !state.Has(by, "Platform", "Operator"), "RoleMissing"),
            (() => pool is null, "UnknownPool"),
            (() => period is null, "UnknownPeriod"),
            (() => period!.IsClosed, "PeriodClosed"),
            (() => held is { IsSettled: true }, "PoolAlreadySettled"),
            (() => pool!.Owner != by && !state.Has(by, "Operator"), "NotAuthorized"),
            (() => now < period!.Ends, "PeriodNotOver"),
            (() => body.ExpectedAmount is { } money
                && (money.MinorUnits != paid || money.CurrencyCode != pool!.Account.Currency || money.Exponent != state.Currencies[money.CurrencyCode]), "PoolAmountMismatch"),
            (() => paid == 0, "AmountInvalid"));
        return reason ?? (body.CarryToPeriodId.Length > 0
            ? Carry(pool!, held!, period!, body.CarryToPeriodId)
            : held!.Used.Count == 0 ? "PoolWithoutUsage" : PayOut(by, pool!, held!, body.PeriodId, now));
    }

    private string? Carry(ModelPool pool, ModelCollection held, ModelPeriod from, string toId)
    {
        var to = state.Periods.Find(p => p.Id == toId);
        var reason = First(
            (() => held.Used.Count > 0, "PoolHasUsage"),
            (() => to is null, "UnknownPeriod"),
            (() => to!.IsClosed, "PeriodClosed"),
            (() => to!.Starts <= from.Starts, "TimeInvalid"),
            (() => pool.Collections.GetValueOrDefault(toId) is { IsSettled: true }, "PoolAlreadySettled"));
        if (reason is null)
        {
            state.Carried = $"{pool.Id} {from.Id} {toId} {held.Sum} {held.Paid.Count}";
            foreach (var (payer, amount) in held.Paid)
            {
                pool.Of(toId).Paid[payer] = pool.Of(toId).Paid.GetValueOrDefault(payer) + amount;
            }

            held.Paid.Clear();
            held.IsSettled = true;
        }

        return reason;
    }

    // All works in one command: the few that the generators know fill no receipt.
    private string? PayOut(string by, ModelPool pool, ModelCollection held, string period, long now)
    {
        var revenue = new ModelRevenue(state, book, by, pool.Account.Currency, now);
        var settled = new List<ModelSettled>();
        var earned = new List<(IEnumerable<string> Lines, BigInteger[] Parts)>();
        foreach (var (work, amount) in held.Divide(pool.IsUserCentric).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            if (Uncovered(pool, work, now) is { } uncovered)
            {
                return uncovered;
            }

            var version = rights.Pick(work, "Subscription", now)!;
            var parts = revenue.Divide(work, version.SplitOf("Subscription")!, amount);
            if (revenue.Pay(pool.Account, amount, parts) is { } reason)
            {
                return reason;
            }

            settled.Add(new ModelSettled(work, held.UnitsOf(work), [.. parts.Select(part => part.Amount)]));
            earned.Add((version.LinesOf("Subscription", pool.Account.Currency), settled[^1].Parts));
        }

        revenue.Commit();
        earned.ForEach(e => earnings.Count(period, e.Lines, e.Parts));
        state.Settled = settled;
        held.IsSettled = true;
        return null;
    }

    private string? Uncovered(ModelPool pool, string work, long now)
    {
        var version = rights.Pick(work, "Subscription", now);
        return First(
            (() => version is null, "NoActiveAgreement"),
            (() => version!.SplitOf("Subscription")!.LimitCurrency is { } limit && limit != pool.Account.Currency, "CurrencyMismatch"),
            (() => !version!.HasParty(pool.Owner), "NotAParty"));
    }

    private string? Collecting(string by, string poolId, string periodId)
    {
        var pool = state.Pools.GetValueOrDefault(poolId);
        var period = state.Periods.Find(p => p.Id == periodId);
        return First(
            (() => pool is null, "UnknownPool"),
            (() => period is null, "UnknownPeriod"),
            (() => period!.IsClosed, "PeriodClosed"),
            (() => pool!.Collections.GetValueOrDefault(periodId) is { IsSettled: true }, "PoolAlreadySettled"),
            (() => !pool!.Admits(by), "NotAuthorized"));
    }

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
