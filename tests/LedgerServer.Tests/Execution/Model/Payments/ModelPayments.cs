using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Transfers;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Payouts, multi-postings and holds of the reference model.</summary>
internal sealed class ModelPayments(ModelState state, ModelBook book)
{
    private static readonly string[] Traders = ["Producer", "Platform", "Technology", "Operator", "PaymentProvider"];
    private static readonly string[] Payers = ["Wallet", "Revenue", "Liability", "Suspense"];

    public string? Multiple(string by, PostMultiple body, long now)
    {
        var accounts = body.Lines.Select(line => state.Accounts.GetValueOrDefault(line.AccountId)).ToArray();
        var reason = First(
            (() => !state.Has(by, Traders), "RoleMissing"),
            (() => body.Lines.Count is < 2 or > 256, "Malformed"))
            ?? body.Lines.Select(line => Amount(line.Amount)).FirstOrDefault(r => r is not null)
            ?? (body.Lines.GroupBy(line => line.Amount.CurrencyCode).Any(lines =>
                Sum(lines, Direction.Debit) != Sum(lines, Direction.Credit)) ? "PostingsUnbalanced" : null)
            ?? body.Lines.Select((line, i) => First(
                (() => accounts[i] is null, "UnknownAccount"),
                (() => line.Direction == Direction.Debit && !MayDebit(by, accounts[i]!), "NotAuthorized"),
                (() => !Payers.Contains(accounts[i]!.Kind), "AccountKindWrong"),
                (() => accounts[i]!.Currency != line.Amount.CurrencyCode, "CurrencyMismatch")))
                .FirstOrDefault(r => r is not null);
        return reason ?? book.Post(
            body.Lines.Select((line, i) => new ModelLine(accounts[i]!, line.Direction == Direction.Debit, line.Amount.MinorUnits)), now);
    }

    public string? PayOut(string by, Payout body, long now)
    {
        var account = state.Accounts.GetValueOrDefault(body.AccountId);
        var clearing = state.Accounts.GetValueOrDefault(body.ClearingAccountId);
        var reason = First((() => !state.Has(by, Traders), "RoleMissing"))
            ?? Amount(body.Amount)
            ?? First(
                (() => body.AccountId == body.ClearingAccountId, "SameAccount"),
                (() => account is null || clearing is null, "UnknownAccount"),
                (() => !MayDebit(by, account!) && clearing!.Owner != "org:" + by, "NotAuthorized"),
                (() => account!.Kind is not ("Wallet" or "Revenue"), "AccountKindWrong"),
                (() => clearing!.Kind != "Clearing", "AccountKindWrong"),
                (() => account!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
                (() => clearing!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
                (() => state.References.Contains("out " + clearing!.Owner + " " + body.ExternalReference), "ExternalReferenceUsed"));
        if (reason is not null)
        {
            return reason;
        }

        var owned = MayDebit(by, account!);
        var hold = state.Holds.FirstOrDefault(h =>
            h.From == account && h.To == clearing && h.Status == "Open" && !h.IsOver(now) && h.Remaining >= body.Amount.MinorUnits);
        reason = owned ? Move(account!, clearing!, body.Amount.MinorUnits, now) : hold is null ? "UnknownHold" : null;
        if (reason is null)
        {
            state.References.Add("out " + clearing!.Owner + " " + body.ExternalReference);
            if (!owned)
            {
                Take(hold!, body.Amount.MinorUnits);
            }
        }

        return reason;
    }

    public string? Place(string by, PlaceHold body, long now)
    {
        var from = state.Accounts.GetValueOrDefault(body.AccountId);
        var to = state.Accounts.GetValueOrDefault(body.DestinationAccountId);
        var reason = First((() => !state.Has(by, Traders), "RoleMissing"))
            ?? Amount(body.Amount)
            ?? First(
                (() => body.AccountId == body.DestinationAccountId, "SameAccount"),
                (() => Find(body.HoldId) is not null, "AlreadyExists"),
                (() => body.ExpiresAtMicros <= now, "TimeInvalid"),
                (() => from is null || to is null, "UnknownAccount"),
                (() => !MayDebit(by, from!), "NotAuthorized"),
                (() => body.Foreign is not null, "WrongLedger"),
                (() => !Payers.Contains(from!.Kind), "AccountKindWrong"),
                (() => !Payers.Contains(to!.Kind) && to.Kind != "Clearing", "AccountKindWrong"),
                (() => from!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
                (() => to!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"));
        reason ??= book.Post(
            [new ModelLine(from!, true, body.Amount.MinorUnits, true), new ModelLine(to!, false, body.Amount.MinorUnits, true)], now);
        if (reason is null)
        {
            state.Holds.Add(new ModelHold
            {
                Id = body.HoldId,
                From = from!,
                To = to!,
                Amount = body.Amount.MinorUnits,
                Expires = body.ExpiresAtMicros,
                Placer = by,
            });
        }

        return reason;
    }

    public string? Capture(string by, CaptureHold body, long now)
    {
        var hold = Find(body.HoldId);
        var units = body.Amount?.MinorUnits ?? hold?.Remaining ?? 0;
        var reason = First((() => !state.Has(by, Traders), "RoleMissing"))
            ?? OpenReason(hold)
            ?? First(
                (() => hold!.IsOver(now), "HoldExpired"),
                (() => hold!.Placer != by && !MayDebit(by, hold.To), "NotAuthorized"),
                (() => hold!.To.Kind == "Clearing", "AccountKindWrong"),
                (() => units <= 0, "AmountInvalid"),
                (() => body.Amount is { } m && (m.CurrencyCode != hold!.From.Currency || m.Exponent != state.Currencies[m.CurrencyCode]), "CurrencyMismatch"),
                (() => units > hold!.Remaining, "HoldAmountExceeded"));
        if (reason is not null)
        {
            return reason;
        }

        Take(hold!, units);
        if (body.ReleaseRest && hold!.Status == "Open")
        {
            hold.Status = "Released";
        }

        return null;
    }

    public string? Release(string by, ReleaseHold body, long now)
    {
        var hold = Find(body.HoldId);
        var reason = First((() => !state.Has(by, Traders), "RoleMissing"))
            ?? OpenReason(hold)
            ?? First((() => hold!.Placer != by && !MayDebit(by, hold.To), "NotAuthorized"));
        if (reason is null)
        {
            hold!.Status = hold.IsOver(now) ? "Expired" : "Released";
        }

        return reason;
    }

    /// <summary>After an accepted command: tells the release of the first holds that ran out.</summary>
    public void Sweep(CommandKind kind, long now)
    {
        var most = $"{kind}" switch
        {
            "PlaceHold" or "CaptureHold" or "ReleaseHold" or "Payout" => 4,
            "Deposit" or "Transfer" => 1,
            _ => 0,
        };
        foreach (var hold in state.Holds.Where(h => h.Status == "Open" && h.IsOver(now))
            .OrderBy(h => h.Expires).ThenBy(h => h.Id, StringComparer.Ordinal).Take(most).ToArray())
        {
            hold.Status = "Expired";
        }
    }

    private static void Take(ModelHold hold, BigInteger units)
    {
        hold.Captured += units;
        hold.From.Debits += units;
        hold.To.Credits += units;
        hold.Status = hold.Captured == hold.Amount ? "Captured" : "Open";
    }

    private ModelHold? Find(string id) => state.Holds.FirstOrDefault(hold => hold.Id == id);

    private static string? OpenReason(ModelHold? hold) => hold?.Status switch
    {
        null => "UnknownHold",
        "Open" => null,
        "Expired" => "HoldExpired",
        _ => "HoldNotOpen",
    };

    private string? Move(ModelAccount from, ModelAccount to, BigInteger units, long now) =>
        book.Post([new ModelLine(from, true, units), new ModelLine(to, false, units)], now);

    private string? Amount(Money amount) => First(
        (() => amount.MinorUnits <= 0, "AmountInvalid"),
        (() => !state.Currencies.ContainsKey(amount.CurrencyCode), "UnknownCurrency"),
        (() => state.Currencies[amount.CurrencyCode] != amount.Exponent, "ExponentMismatch"));

    private bool MayDebit(string by, ModelAccount account) =>
        account.Owner == "org:" + by
        || (account.Owner.StartsWith("learner:", StringComparison.Ordinal)
            && account.Opener == by && state.Has(by, "Platform"));

    private static BigInteger Sum(IEnumerable<PostingLine> lines, Direction direction) =>
        lines.Where(line => line.Direction == direction).Aggregate(BigInteger.Zero, (sum, line) => sum + line.Amount.MinorUnits);

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
