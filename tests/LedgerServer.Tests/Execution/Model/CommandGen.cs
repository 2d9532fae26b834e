using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>Random steps over few names, so that commands meet each other.</summary>
internal static class CommandGen
{
    internal static readonly Gen<string> Any =
        Pick("op", "plat", "plat2", "prod", "prod2", "tech", "pay", "aud", "new", "ghost");

    private static readonly Gen<string> Learner = Pick(SampleCommands.Learner, new string('b', 64));
    private static readonly Gen<string> Account = Pick(
        "wallet", "wallet2", "prod-wallet", "clearing", "plat-wallet", "revenue/prod/EUR", "revenue/plat/EUR", "yen", "none", "foreign/other/EUR");

    private static readonly Gen<string> WorkId = Pick("work", "work", "work2", "none");
    private static readonly Gen<string> OfferId = Pick("offer", "offer", "offer2", "offer3");
    private static readonly Gen<string> AgreementId = Pick("agreement", "a2", "a3");
    private static readonly Gen<long> Units = Gen.OneOf(
        Gen.Long[0, 20], Gen.Long[1, 30_000], Gen.Const(10_007L), Pick(-1L, long.MaxValue, long.MaxValue / 2));

    private static readonly Gen<Money> Amount = Gen.Select(
        Units, Pick(("EUR", 2U), ("EUR", 2U), ("EUR", 2U), ("JPY", 0U), ("USD", 2U), ("EUR", 3U)),
        (units, currency) => new Money(units, currency.Item1, currency.Item2));

    private static readonly Gen<(string, CommandBody)> OpenAccount =
        Gen.Select(Account, Gen.OneOf(Learner.Select(AccountOwner.Learner), Any.Select(AccountOwner.Organization)),
            Pick(AccountKind.Wallet, AccountKind.Wallet, AccountKind.Clearing, AccountKind.Pool,
                AccountKind.Liability, AccountKind.Suspense, AccountKind.Foreign), Amount,
            Gen.Select(Gen.Long[0, 1], Gen.Long[0, 30_000]), Any)
        .Select((id, owner, kind, money, limits, by) => (by, (CommandBody)new OpenAccount
        {
            AccountId = id,
            Owner = owner,
            AccountKind = kind,
            CurrencyCode = money.CurrencyCode,
            Exponent = money.Exponent,
            Limits = new AccountLimits(limits.Item1, limits.Item2),
        }));

    private static readonly Gen<(string, CommandBody)> Deposit =
        Gen.Select(Account, Amount, Gen.Int[0, 9], Pick("pay", "pay", "pay", "plat"), Gen.OneOf(Gen.Const("clearing"), Account))
        .Select((id, amount, reference, by, clearing) => (by, (CommandBody)new Deposit
        {
            ClearingAccountId = clearing,
            AccountId = id,
            Amount = amount,
            ExternalReference = $"ref-{reference}",
        }));

    private static readonly Gen<(string, CommandBody)> Transfer =
        Gen.Select(Account, Account, Amount, Any).Select((debit, credit, amount, by) => (by, (CommandBody)new Transfer
        {
            DebitAccountId = debit,
            CreditAccountId = credit,
            Amount = amount,
        }));

    private static readonly Gen<(string, CommandBody)> Batch =
        Gen.Select(TransferBatchGen.Of(Account, Units), Any).Select((batch, by) => (by, batch));

    private static readonly Gen<(string, CommandBody)> Offer =
        Gen.Select(OfferId, WorkId, Amount, Gen.UInt[0, 2], Gen.Long[0, 40], Any)
        .Select((id, work, price, days, until, by) => (by, (CommandBody)new PublishOffer(new OfferDetails
        {
            OfferId = id,
            WorkId = work,
            Price = price,
            Terms = new LicenceTerms { Use = LicenceUse.Personal, PeriodDays = days },
            ValidUntilMicros = until == 0 ? null : TestLedger.Start + (until * OrderTime.MicrosPerDay / 4),
        })));

    private static readonly Gen<(string, CommandBody)> Withdraw =
        Gen.Select(OfferId, Any).Select((id, by) => (by, (CommandBody)new WithdrawOffer(id)));

    private static readonly Gen<(string, CommandBody)> Accept =
        Gen.Select(AgreementId, Gen.UInt[1, 3], Any, Gen.Int[0, 9]).Select((id, version, by, twist) =>
            (by, (CommandBody)(twist == 0
                ? SampleCommands.Acceptance(id, version) with { TermsHash = TestLedger.Hash("other") }
                : SampleCommands.Acceptance(id, version))));

    private static readonly Gen<(string, CommandBody)> Purchase =
        Gen.Select(Gen.Int[0, 30], Learner, WorkId, OfferId, Gen.OneOf(Gen.Const(SampleCommands.Eur(10_007)), Amount), Account,
            Pick("plat", "plat", "plat", "plat2", "prod"))
        .Select((id, learner, work, offer, price, payer, by) => (by, (CommandBody)new Purchase
        {
            PurchaseId = $"purchase-{id}",
            LearnerPseudonym = learner,
            WorkId = work,
            OfferId = offer,
            ExpectedPrice = price,
            PayerAccountId = payer,
            ReferrerOrganizationId = id % 3 == 0 ? "" : "plat2",
        }));

    private static readonly Gen<(string, CommandBody)> Revenue =
        Gen.Select(Gen.Int[0, 15], Pick(RevenueKind.Advertising, RevenueKind.Advertising, RevenueKind.Referral, RevenueKind.Sale),
            WorkId, Account, Gen.OneOf(Gen.Long[1, 300].Select(SampleCommands.Eur), Amount), Gen.Int[-1, 10], Any)
        .Select((id, kind, work, payer, amount, purchase, by) => (by, (CommandBody)new RecordRevenue
        {
            RevenueId = $"revenue-{id}",
            RevenueKind = kind,
            WorkId = work,
            PayerAccountId = payer,
            Amount = amount,
            PurchaseId = purchase < 0 ? "" : $"purchase-{purchase}",
        }));

    private static readonly Gen<(string, CommandBody)> Govern = Gen.OneOf(
        Any.Select(by => (by, (CommandBody)new EnrolOrganization(TestLedger.Organization("new", Role.Producer, Role.Platform)))),
        Any.Select(by => (by, (CommandBody)new DeclareCurrency(new CurrencyDefinition("USD", 2)))),
        Gen.Select(Any, Gen.Bool).Select((by, proven) => (by, (CommandBody)new AddKey(TestLedger.Key("k-more"), proven))),
        Gen.Select(Any, Pick("plat2", "tech")).Select((by, id) => (by, (CommandBody)new SuspendOrganization(id, "unpaid"))),
        Any.Select(by => (by, (CommandBody)new ReinstateOrganization("plat2"))));

    private static readonly Gen<(string, CommandBody)> Body = Gen.Frequency(
        (2, Govern), (3, OpenAccount), (4, Deposit), (3, Transfer), (4, Batch), (12, CopyrightGen.Body), (4, Offer), (1, Withdraw),
        (4, AgreementGen.Propose), (6, Accept), (1, AgreementGen.End), (10, Purchase), (3, Revenue),
        (5, SharingGen.Any), (12, PaymentGen.Of(Any, Account, Amount)), (26, PoolGen.Of(Account, Amount)));

    /// <summary>One step: what, by whom, how much later, and a twist in identity, window or idempotency key.</summary>
    public static Gen<Step> Steps { get; } = Gen.Select(Body, Gen.Long[0, 3], Gen.Int[0, 59], Gen.Int[0, 20])
        .Select((body, later, twist, back) => new Step(body.Item1, body.Item2, later, twist, back));

    internal static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
