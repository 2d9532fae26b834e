using System.Security.Cryptography;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>The script's first part: accounts, an agreement, works, and all that moves money.</summary>
internal static class GoldenTrade
{
    private const string Shop = "shop";

    /// <summary>The agreement's version 1: sales, subscriptions and advertising, each divided alike.</summary>
    public static AgreementTerms Terms(uint version = 1)
    {
        var terms = Market.Terms();
        terms.Version = version;
        foreach (var kind in new[] { RevenueKind.Subscription, RevenueKind.Advertising })
        {
            terms.Splits.Add(new Split(terms.Splits[0]) { RevenueKind = kind });
        }

        return terms;
    }

    public static string Learner(char digit) => new(digit, 64);

    public static Purchase Purchase(string id, char learner, string workId) => new(Market.Purchase(id, workId)) { LearnerPseudonym = Learner(learner) };

    public static IEnumerable<(string By, Action<CommandPayload> SetBody)> Commands() =>
        [.. Accounts(), .. Works(), .. Movements(), .. Sales(), .. Pool(), .. Refused()];

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Accounts()
    {
        yield return ("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        yield return ("platform", payload => payload.OpenAccount = Market.Wallet(new AccountOwner { OrganizationId = "platform" }));
        yield return ("producer", payload => payload.OpenAccount = new(Market.Wallet(new AccountOwner { OrganizationId = "producer" })) { AccountId = Shop });
        yield return ("payment-provider", payload => payload.Deposit = Market.Deposit(1_000_000, "deposit-1"));
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Works()
    {
        yield return ("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = Terms() });
        var hash = ByteString.CopyFrom(SHA256.HashData(Terms().ToByteArray()));
        foreach (var party in new[] { "platform", "technology", "operator" })
        {
            yield return (party, payload => payload.AcceptAgreement = new AcceptAgreement { AgreementId = "agreement", Version = 1, TermsHash = hash });
        }

        var original = Market.Work("work-0");
        original.Work.Title = "İstatistik ısı 统计 إحصاء";
        var derived = Market.Work("work-1");
        derived.Work.Ancestors.Add(new Ancestor { WorkId = "work-0", RoyaltyPpm = 100_003 });
        foreach (var work in new[] { original, derived })
        {
            yield return ("producer", payload => payload.RegisterWork = work);
            yield return ("producer", payload => payload.PublishOffer = Market.Offer(work.Work.WorkId));
        }

        var offer = Market.Offer("work-1");
        offer.Offer.OfferId = "late";
        yield return ("producer", payload => payload.PublishOffer = offer);
        yield return ("producer", payload => payload.WithdrawOffer = new WithdrawOffer { OfferId = "late" });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Movements()
    {
        yield return ("platform", payload => payload.Transfer = Move(1_003));
        yield return ("platform", payload => payload.TransferBatch = Batch());
        yield return ("platform", payload => payload.PostMultiple = new PostMultiple
        {
            Lines =
            {
                new PostingLine { AccountId = Market.WalletId, Direction = Direction.Debit, Amount = Market.Eur(17) },
                new PostingLine { AccountId = Shop, Direction = Direction.Credit, Amount = Market.Eur(17) },
            },
        });
        foreach (var hold in new[] { "runs-out", "captured", "released" })
        {
            yield return ("platform", payload => payload.PlaceHold = new PlaceHold
            {
                HoldId = hold,
                AccountId = Market.WalletId,
                DestinationAccountId = Shop,
                Amount = Market.Eur(101),
                ExpiresAt = GoldenScript.At(hours: 2),
            });
        }

        yield return ("producer", payload => payload.CaptureHold = new CaptureHold { HoldId = "captured", Amount = Market.Eur(31) });
        yield return ("platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = "released" });
        yield return ("producer", payload => payload.Payout = new Payout
        {
            AccountId = Shop,
            ClearingAccountId = "clearing",
            Amount = Market.Eur(13),
            ExternalReference = "payout-1",
        });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Sales()
    {
        yield return ("platform", payload => payload.Purchase = Purchase("p-1", '1', "work-0"));
        yield return ("platform", payload => payload.Purchase = Purchase("p-2", '2', "work-1"));
        yield return ("platform", payload => payload.Refund = new Refund { RefundId = "r-1", PurchaseId = "p-1", Amount = Market.Eur(503), ReasonCode = "unwanted" });
        yield return ("payment-provider", payload => payload.Chargeback = new Chargeback { ChargebackId = "c-1", PurchaseId = "p-2", ExternalReference = "bank-1" });
        yield return ("platform", payload => payload.RecordRevenue = new RecordRevenue
        {
            RevenueId = "ads-1",
            RevenueKind = RevenueKind.Advertising,
            WorkId = "work-1",
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(997),
        });
    }

    // A period that was over before it opened can be settled at once.
    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Pool()
    {
        yield return ("operator", payload => payload.OpenSettlementPeriod = new OpenSettlementPeriod
        {
            PeriodId = "past",
            StartsAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(50)),
            EndsAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(51)),
        });
        yield return ("platform", payload => payload.OpenPool = new OpenPool
        {
            PoolId = "pool",
            AccountId = "pool-account",
            CurrencyCode = "EUR",
            Exponent = 2,
            Method = PoolMethod.UserCentric,
            MemberOrganizationIds = { "technology" },
        });
        foreach (var learner in new[] { '1', '2' })
        {
            yield return ("platform", payload => payload.Subscribe = new Subscribe
            {
                SubscriptionId = $"s-{learner}",
                PoolId = "pool",
                LearnerPseudonym = Learner(learner),
                PayerAccountId = Market.WalletId,
                Amount = Market.Eur(1_001),
                PeriodId = "past",
            });
        }

        yield return ("technology", payload => payload.RecordUsage = new RecordUsage
        {
            PoolId = "pool",
            PeriodId = "past",
            Entries =
            {
                new UsageEntry { WorkId = "work-0", LearnerPseudonym = Learner('1'), Units = 3 },
                new UsageEntry { WorkId = "work-1", LearnerPseudonym = Learner('1'), Units = 4 },
                new UsageEntry { WorkId = "work-1", LearnerPseudonym = Learner('2'), Units = 1 },
            },
        });
        yield return ("platform", payload => payload.SettlePool = new SettlePool { PoolId = "pool", PeriodId = "past", ExpectedAmount = Market.Eur(2_002) });
        yield return ("operator", payload => payload.CloseSettlementPeriod = new CloseSettlementPeriod { PeriodId = "past" });
    }

    private static IEnumerable<(string By, Action<CommandPayload> SetBody)> Refused()
    {
        yield return ("platform", payload => payload.Transfer = Move(99_999_999));
        yield return ("technology", payload => payload.Transfer = Move(1));
    }

    private static Transfer Move(long minorUnits) =>
        new() { DebitAccountId = Market.WalletId, CreditAccountId = Shop, Amount = Market.Eur(minorUnits), Reference = 7 };

    private static TransferBatch Batch()
    {
        var batch = new TransferBatch { CurrencyCode = "EUR", Exponent = 2, AccountIds = { Market.WalletId, Shop } };
        for (var i = 0; i < 5; i++)
        {
            var id = new byte[16];
            id[15] = (byte)(i + 1);
            batch.Entries.Add(new TransferBatchEntry
            {
                TransferId = ByteString.CopyFrom(id),
                DebitIndex = 0,
                CreditIndex = 1,
                AmountMinorUnits = i == 3 ? 99_999_999 : 10 + i,
                Reference = (ulong)i,
            });
        }

        return batch;
    }
}
