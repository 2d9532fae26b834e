using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>
/// Settlement periods of the reference model: remembers every movement with its sequence and adds up at the close, where
/// the engine keeps sums at edges.
/// </summary>
internal sealed class ModelPeriods(ModelState state, ModelBook book, ModelEarnings earnings)
{
    private readonly List<ModelMovement> _movements = [];
    private readonly Dictionary<string, (BigInteger Debits, BigInteger Credits)> _seen = [];

    public string? Open(string by, OpenSettlementPeriod body, ulong sequence, long now)
    {
        var overlaps = state.Periods.Any(p => body.StartsAtMicros < p.Ends && p.Starts < body.EndsAtMicros);
        var reason = First(
            (() => !state.Has(by, "Operator"), "RoleMissing"),
            (() => body.StartsAtMicros >= body.EndsAtMicros, "TimeInvalid"),
            (() => state.Periods.Exists(p => p.Id == body.PeriodId), "AlreadyExists"),
            (() => overlaps, "PeriodOverlaps"),
            (() => state.Periods.Any(p => body.StartsAtMicros < p.Ends), "TimeInvalid"),
            (() => state.Periods.Count(p => !p.IsClosed) >= 16, "LimitReached"));
        if (reason is null)
        {
            state.Periods.Add(new ModelPeriod { Id = body.PeriodId, Starts = body.StartsAtMicros, Ends = body.EndsAtMicros });
            Reach(sequence + 1, now);
        }

        return reason;
    }

    /// <summary>Before each command that takes a sequence: which periods have started or ended.</summary>
    public void Reach(ulong next, long now)
    {
        foreach (var period in state.Periods.Where(p => !p.IsClosed))
        {
            period.From ??= period.Starts <= now ? next : null;
            if (period.Below is null && period.Ends <= now)
            {
                period.Below = next;
                period.Guarantees = [.. Due(period.Ends - 1)];
            }
        }
    }

    public string? Close(string by, CloseSettlementPeriod body, ulong sequence, long now)
    {
        var period = state.Periods.Find(p => p.Id == body.PeriodId);
        var reason = First(
            (() => !state.Has(by, "Operator"), "RoleMissing"),
            (() => period is null, "UnknownPeriod"),
            (() => period!.IsClosed, "PeriodClosed"),
            (() => now < period!.Ends, "PeriodNotOver"),
            (() => state.Periods.First(p => !p.IsClosed) != period, "PeriodNotOver"),
            (() => state.Pools.Values.Any(pool =>
                pool.Collections.GetValueOrDefault(period!.Id) is { IsSettled: false, Sum.IsZero: false }), "PeriodHasOpenPools"))
            ?? PayGuarantees(by, period!, now);
        if (reason is null)
        {
            Note(sequence, period!.Id);
            period.IsClosed = true;
            period.Statements = [.. StatementsOf(period)];
            earnings.Drop(period.Id);
            foreach (var pool in state.Pools.Values)
            {
                pool.Collections.Remove(period.Id);
            }
        }

        return reason;
    }

    /// <summary>After each command: what it moved, on accounts of organisations.</summary>
    public void Note(ulong sequence, CommandBody body) => Note(sequence, (body as SettlePool)?.PeriodId);

    private void Note(ulong sequence, string? settled)
    {
        foreach (var (id, account) in state.Accounts.Where(a => a.Value.Owner.StartsWith("org:", StringComparison.Ordinal)))
        {
            var isNew = !_seen.TryGetValue(id, out var before);
            if (isNew || before != (account.Debits, account.Credits))
            {
                var moves = account.Debits != before.Debits || account.Credits != before.Credits;
                _movements.Add(new ModelMovement(
                    sequence, $"{account.Owner[4..]} {account.Currency}", account.Debits - before.Debits, account.Credits - before.Credits, moves ? settled : null));
                _seen[id] = (account.Debits, account.Credits);
            }
        }
    }

    private IEnumerable<string> StatementsOf(ModelPeriod period)
    {
        var before = state.Periods.TakeWhile(p => p != period).Select(p => p.Id).ToHashSet();
        var own = _movements.Where(m => m.Settled is null ? m.Sequence >= period.From && m.Sequence < period.Below : m.Settled == period.Id).ToArray();
        var earlier = _movements.Where(m => m.Settled is null ? m.Sequence < period.From : before.Contains(m.Settled)).ToArray();
        foreach (var key in own.Concat(earlier).Select(m => m.Key).Distinct().OrderBy(k => k.Split(' ')[0], StringComparer.Ordinal).ThenBy(k => k, StringComparer.Ordinal))
        {
            var opening = earlier.Where(m => m.Key == key).Aggregate(BigInteger.Zero, (sum, m) => sum + m.Credits - m.Debits);
            var lines = own.Where(m => m.Key == key).ToArray();
            yield return $"{key} {opening} {lines.Aggregate(BigInteger.Zero, (s, m) => s + m.Debits)} {lines.Aggregate(BigInteger.Zero, (s, m) => s + m.Credits)}";
        }
    }

    private IEnumerable<ModelGuarantee> Due(long at) => state.Agreements
        .Select(agreement => (Id: agreement.Key, Version: agreement.Value.LastOrDefault(v => v.HasStarted(at))))
        .Where(a => a.Version is not null && !(a.Version.Until <= at) && !(a.Version.TerminatedFrom <= at))
        .OrderBy(a => a.Version!.ProposalOrder)
        .SelectMany(a => a.Version!.Splits.SelectMany(split => split.Parties
            .Where(party => party.Guaranteed is not null)
            .Select(party => new ModelGuarantee(
                ModelEarnings.LineOf(a.Id, split.Kind, party, party.GuaranteeCurrency!), party.Organization, party.Guaranteed!.Value, party.GuaranteeCurrency!, party.Guarantor))));

    // All in one command: the few agreements that the generators know owe no 64 payments.
    private string? PayGuarantees(string by, ModelPeriod period, long now)
    {
        var lines = new List<ModelLine>();
        var opened = new Dictionary<string, ModelAccount>();
        foreach (var due in period.Guarantees)
        {
            var earned = BigInteger.Max(0, earnings.Of(period.Id, due.Line));
            if (earned < due.Least)
            {
                if (Pay(by, due, due.Least - earned, lines, opened, now) is { } reason)
                {
                    return reason;
                }
            }
        }

        foreach (var (id, account) in opened)
        {
            state.Accounts.Add(id, account);
        }

        return book.Post(lines, now);
    }

    private string? Pay(
        string by, ModelGuarantee due, BigInteger gap, List<ModelLine> lines, Dictionary<string, ModelAccount> opened, long now)
    {
        var revenue = state.Accounts.GetValueOrDefault($"revenue/{due.Guarantor}/{due.Currency}");
        var wallets = state.Accounts.Values.Where(a => a.Kind == "Wallet" && a.Owner == "org:" + due.Guarantor && a.Currency == due.Currency).Take(16);
        var debit = new[] { revenue }.Concat(wallets).OfType<ModelAccount>()
            .Select(account => new ModelLine(account, true, gap))
            .FirstOrDefault(line => book.Try([.. lines, line], now) is null);
        if (debit is null)
        {
            return "GuaranteeUnfunded";
        }

        var id = $"revenue/{due.Organization}/{due.Currency}";
        if (!state.Accounts.TryGetValue(id, out var credit) && !opened.TryGetValue(id, out credit))
        {
            opened.Add(id, credit = new ModelAccount { Owner = "org:" + due.Organization, Kind = "Revenue", Currency = due.Currency, Opener = by });
        }

        lines.AddRange([debit, new ModelLine(credit, false, gap)]);
        return book.Try(lines, now);
    }

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
