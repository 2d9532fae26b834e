using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>Accounts and purchases of the reference model.</summary>
internal sealed class ModelTrade(ModelState state, ModelRights rights, ModelCopyright copyright, ModelBook book, ModelEarnings earnings)
{
    private const long MicrosPerDay = 24L * 60 * 60 * 1_000_000;

    private static readonly string[] Traders = ["Producer", "Platform", "Technology", "Operator", "PaymentProvider"];

    public string? Open(string submitter, OpenAccount body)
    {
        var isProvider = state.Organizations[submitter].Contains("PaymentProvider");
        var isLearners = body.Owner.LearnerPseudonym is not null;
        var kind = $"{body.AccountKind}";
        var reasons = new (bool Fails, string Reason)[]
        {
            (!state.Has(submitter, Traders), "RoleMissing"),
            (body.AccountId.StartsWith("revenue/", StringComparison.Ordinal) || body.AccountId.StartsWith("escrow/", StringComparison.Ordinal), "Malformed"),
            (kind == "Foreign" != body.AccountId.StartsWith("foreign/", StringComparison.Ordinal), "Malformed"),
            (kind == "Foreign" && !body.AccountId.EndsWith("/" + body.CurrencyCode, StringComparison.Ordinal), "Malformed"),
            (kind is not ("Wallet" or "Clearing" or "Liability" or "Suspense" or "Foreign"), "AccountKindWrong"),
            (isLearners && kind != "Wallet", "AccountKindWrong"),
            (!isLearners && body.Owner.OrganizationId != submitter, "NotAuthorized"),
            (isLearners && !state.Has(submitter, "Platform", "PaymentProvider"), "RoleMissing"),
            (kind == "Foreign" && !state.Has(submitter, "Operator"), "RoleMissing"),
            (kind != "Foreign" && !isProvider && (kind == "Clearing" || body.Limits.OverdraftMinorUnits > 0), "RoleMissing"),
            (!state.Currencies.TryGetValue(body.CurrencyCode, out var exponent), "UnknownCurrency"),
            (exponent != body.Exponent, "ExponentMismatch"),
            (state.Accounts.ContainsKey(body.AccountId), "AlreadyExists"),
        };
        if (reasons.FirstOrDefault(r => r.Fails).Reason is { } reason)
        {
            return reason;
        }

        state.Accounts.Add(body.AccountId, new ModelAccount
        {
            Owner = isLearners ? "learner:" + body.Owner.LearnerPseudonym : "org:" + submitter,
            Kind = kind,
            Currency = body.CurrencyCode,
            Opener = submitter,
            Overdraft = body.Limits.OverdraftMinorUnits,
            Highest = body.Limits.BalanceMaxMinorUnits,
        });
        return null;
    }

    public string? Deposit(string submitter, Deposit body, long now)
    {
        if (!state.Has(submitter, "PaymentProvider"))
        {
            return "RoleMissing";
        }

        var clearing = state.Accounts.GetValueOrDefault(body.ClearingAccountId);
        var target = state.Accounts.GetValueOrDefault(body.AccountId);
        var reference = submitter + " " + body.ExternalReference;
        var reason = CheckAmount(body.Amount, body.ClearingAccountId, body.AccountId) ?? First(
            (() => clearing is null || target is null, "UnknownAccount"),
            (() => clearing!.Owner != "org:" + submitter, "NotAuthorized"),
            (() => clearing!.Kind != "Clearing", "AccountKindWrong"),
            (() => target!.Kind is not ("Wallet" or "Revenue" or "Liability" or "Suspense"), "AccountKindWrong"),
            (() => clearing!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
            (() => target!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
            (() => state.References.Contains(reference), "ExternalReferenceUsed"));
        reason ??= Move(clearing!, [(target!, body.Amount.MinorUnits)], body.Amount.MinorUnits, now);
        if (reason is null)
        {
            state.References.Add(reference);
        }

        return reason;
    }

    public string? Transfer(string submitter, Transfer body, long now)
    {
        if (!state.Has(submitter, Traders))
        {
            return "RoleMissing";
        }

        var debit = state.Accounts.GetValueOrDefault(body.DebitAccountId);
        var credit = state.Accounts.GetValueOrDefault(body.CreditAccountId);
        var reason = CheckAmount(body.Amount, body.DebitAccountId, body.CreditAccountId) ?? First(
            (() => debit is null || credit is null, "UnknownAccount"),
            (() => !MayDebit(submitter, debit!), "NotAuthorized"),
            (() => debit!.Kind is not ("Wallet" or "Revenue"), "AccountKindWrong"),
            (() => credit!.Kind is not ("Wallet" or "Revenue"), "AccountKindWrong"),
            (() => debit!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"),
            (() => credit!.Currency != body.Amount.CurrencyCode, "CurrencyMismatch"));
        return reason ?? Move(debit!, [(credit!, body.Amount.MinorUnits)], body.Amount.MinorUnits, now);
    }

    public string? Buy(string submitter, Purchase body, long now)
    {
        if (!state.Has(submitter, "Platform"))
        {
            return "RoleMissing";
        }

        var offer = state.Offers.GetValueOrDefault(body.OfferId);
        var payer = state.Accounts.GetValueOrDefault(body.PayerAccountId);
        var price = $"{body.ExpectedPrice.MinorUnits} {body.ExpectedPrice.CurrencyCode} {body.ExpectedPrice.Exponent}";
        var learner = "learner:" + body.LearnerPseudonym;
        var reason = First(
            (() => state.PurchaseParts.ContainsKey(body.PurchaseId) || state.Licences.ContainsKey(body.PurchaseId), "AlreadyExists"),
            (() => !state.Works.ContainsKey(body.WorkId), "UnknownWork"),
            (() => offer is null || offer.Work != body.WorkId, "UnknownOffer"),
            (() => offer!.Withdrawn || offer.Until <= now, "OfferClosed"),
            (() => offer!.Price != price, "PriceMismatch"),
            (() => payer is null, "UnknownAccount"),
            (() => payer!.Kind != "Wallet", "AccountKindWrong"),
            (() => payer!.Owner != learner && payer.Owner != "org:" + submitter, "NotAuthorized"),
            (() => payer!.Owner == learner && payer.Opener != submitter && state.Has(payer.Opener, "Platform"), "NotAuthorized"),
            (() => payer!.Currency != offer!.Currency, "CurrencyMismatch"),
            (() => copyright.IsLicensed(learner, body.WorkId, offer!.Terms, now), "AlreadyLicensed"),
            (() => rights.Pick(body.WorkId, "Sale", now) is null, "NoActiveAgreement"),
            (() => WrongCurrency(rights.Pick(body.WorkId, "Sale", now)!, offer!.Currency), "CurrencyMismatch"),
            (() => !rights.Pick(body.WorkId, "Sale", now)!.HasParty(submitter), "NotAParty"));
        return reason ?? Sell(submitter, body, offer!, payer!, now);
    }

    private string? Sell(string submitter, Purchase body, ModelOffer offer, ModelAccount payer, long now)
    {
        var version = rights.Pick(body.WorkId, "Sale", now)!;
        var revenue = new ModelRevenue(state, book, submitter, offer.Currency, now);
        var lines = revenue.Divide(body.WorkId, version.SplitOf("Sale")!, offer.Units);
        if (revenue.Pay(payer, offer.Units, lines) is { } reason)
        {
            return reason;
        }

        revenue.Commit();
        string[] earningLines = [.. version.LinesOf("Sale", offer.Currency)];
        earnings.CountRunning(earningLines, lines.Select(line => line.Amount), now);
        if (body.ReferrerOrganizationId.Length > 0)
        {
            state.ReferredWorks.Add(body.PurchaseId, body.WorkId);
        }

        state.PurchaseWorks.Add(body.PurchaseId, body.WorkId);
        state.PurchaseParts.Add(body.PurchaseId, [.. lines.Select(line => line.Amount)]);
        state.Sales.Add(body.PurchaseId, new ModelSale
        {
            Platform = submitter,
            Payer = payer,
            Currency = offer.Currency,
            Received = [.. lines.Select(line => (state.Accounts.GetValueOrDefault($"revenue/{line.Organization}/{offer.Currency}"), line.Amount))],
            Frozen = [.. lines.Select(line => line.Dispute is null ? null : line)],
            EarningLines = earningLines,
            Remaining = [.. lines.Select(line => line.Amount)],
        });
        state.Licences.Add(body.PurchaseId, new ModelLicence
        {
            Holder = "learner:" + body.LearnerPseudonym,
            Work = body.WorkId,
            Terms = offer.Terms,
            Grantor = submitter,
            Paid = true,
            From = now,
            Until = offer.Terms.PeriodDays == 0 ? null : now + (offer.Terms.PeriodDays * MicrosPerDay),
        });
        return null;
    }

    public string? Record(string submitter, RecordRevenue body, long now)
    {
        if (!state.Has(submitter, Traders))
        {
            return "RoleMissing";
        }

        var kind = $"{body.RevenueKind}";
        var payer = state.Accounts.GetValueOrDefault(body.PayerAccountId);
        var amount = body.Amount;
        var reason = First(
            (() => kind is not ("Advertising" or "Referral"), "RevenueKindWrong"),
            (() => amount.MinorUnits <= 0, "AmountInvalid"),
            (() => !state.Currencies.ContainsKey(amount.CurrencyCode), "UnknownCurrency"),
            (() => state.Currencies[amount.CurrencyCode] != amount.Exponent, "ExponentMismatch"),
            (() => state.RevenueParts.ContainsKey(body.RevenueId), "AlreadyExists"),
            (() => !state.Works.ContainsKey(body.WorkId), "UnknownWork"),
            (() => payer is null, "UnknownAccount"),
            (() => payer!.Owner != "org:" + submitter, "NotAuthorized"),
            (() => payer!.Kind is not ("Wallet" or "Revenue"), "AccountKindWrong"),
            (() => payer!.Currency != amount.CurrencyCode, "CurrencyMismatch"),
            (() => kind == "Advertising" && body.PurchaseId.Length > 0, "Malformed"),
            (() => kind == "Referral" && state.PurchaseWorks.GetValueOrDefault(body.PurchaseId) != body.WorkId, "UnknownPurchase"),
            (() => kind == "Referral" && !state.ReferredWorks.ContainsKey(body.PurchaseId), "RevenueKindWrong"),
            (() => rights.Pick(body.WorkId, kind, now) is null, "NoActiveAgreement"));
        if (reason is not null)
        {
            return reason;
        }

        var version = rights.Pick(body.WorkId, kind, now)!;
        var split = version.SplitOf(kind)!;
        if (split.LimitCurrency is { } limit && limit != amount.CurrencyCode)
        {
            return "CurrencyMismatch";
        }

        var revenue = new ModelRevenue(state, book, submitter, amount.CurrencyCode, now);
        var lines = revenue.Divide(body.WorkId, split, amount.MinorUnits);
        if (revenue.Pay(payer!, amount.MinorUnits, lines) is { } refused)
        {
            return refused;
        }

        revenue.Commit();
        earnings.CountRunning(version.LinesOf(kind, amount.CurrencyCode), lines.Select(line => line.Amount), now);
        state.RevenueParts.Add(body.RevenueId, [.. lines.Select(line => line.Amount)]);
        return null;
    }

    private static bool WrongCurrency(ModelVersion version, string currency) =>
        version.SplitOf("Sale")!.LimitCurrency is { } limit && limit != currency;

    private string? CheckAmount(Money amount, string debit, string credit) => First(
        (() => amount.MinorUnits <= 0, "AmountInvalid"),
        (() => !state.Currencies.ContainsKey(amount.CurrencyCode), "UnknownCurrency"),
        (() => state.Currencies[amount.CurrencyCode] != amount.Exponent, "ExponentMismatch"),
        (() => debit == credit, "SameAccount"));

    private bool MayDebit(string submitter, ModelAccount account) =>
        account.Owner == "org:" + submitter
        || (account.Owner.StartsWith("learner:", StringComparison.Ordinal)
            && account.Opener == submitter && state.Has(submitter, "Platform"));

    private string? Move(ModelAccount debit, List<(ModelAccount Account, BigInteger Amount)> credits, BigInteger amount, long now) =>
        book.Post(
            credits.Select(credit => new ModelLine(credit.Account, false, credit.Amount))
                .Prepend(new ModelLine(debit, true, amount)).Where(line => line.Amount > 0), now);

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
