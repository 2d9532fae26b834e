using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class SubscribeHandlerTests
{
    [Fact]
    public void Subscribe_FromALearnersWallet_PaysIntoThePoolForThePeriod()
    {
        var ledger = PoolCommands.ReadyToPool();

        var receipt = ledger.Accept("plat", PoolCommands.Payment("s1", 999));
        ledger.Accept("plat", PoolCommands.Payment("s2", 501));

        var amount = SampleCommands.Eur(999);
        Assert.Equal(
            [
                new Posting("wallet", Direction.Debit, amount, PostingState.Posted, PostingReason.Subscription),
                new Posting("pool-account", Direction.Credit, amount, PostingState.Posted, PostingReason.Subscription),
                new PoolFunded("s1", "pool", "period", amount),
            ],
            receipt.Effects);
        var held = ledger.State.Pools.Find("pool", "period")!;
        Assert.Equal((1_500, 1), (held.Paid, held.SumCount));
        Assert.Equal(1_500, (long)ledger.State.Accounts.Find("pool-account")!.Totals.CreditsPosted);
        Assert.Equal(1_500, Assert.Single(held.Payments()).MinorUnits);
    }

    [Fact]
    public void Subscribe_Faults_AreRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Payment("used", 1));
        ledger.Accept("op", PoolCommands.Period("over", 30, 31));
        ledger.Accept("plat2", SampleCommands.Wallet("elsewhere"));
        ledger.Accept("plat2", SampleCommands.OwnWallet("plat2"));
        ledger.Accept("plat2", PoolCommands.Pool("theirs") with { MemberOrganizationIds = ["plat"] });
        ledger.Accept("plat", SampleCommands.Wallet("yen") with { CurrencyCode = "JPY", Exponent = 0 });
        ledger.Accept("plat", PoolCommands.Pool("yen-pool") with { CurrencyCode = "JPY", Exponent = 0 });
        var payment = PoolCommands.Payment("s", 100);

        ledger.Refuse(RejectionReason.RoleMissing, "tech", payment);
        ledger.Refuse(RejectionReason.Malformed, "plat", payment with { SubscriptionId = "" });
        ledger.Refuse(RejectionReason.Malformed, "plat", payment with { LearnerPseudonym = "me" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", payment with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.UnknownCurrency, "plat", payment with { Amount = new Money(1, "USD", 2) });
        ledger.Refuse(RejectionReason.ExponentMismatch, "plat", payment with { Amount = new Money(1, "EUR", 3) });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", payment with { SubscriptionId = "used" });
        ledger.Refuse(RejectionReason.UnknownPool, "plat", payment with { PoolId = "none" });
        ledger.Refuse(RejectionReason.UnknownPeriod, "plat", payment with { PeriodId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", payment with { PayerAccountId = "plat2-wallet" });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", payment with { PayerAccountId = "none" });
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", payment with { PayerAccountId = "pool-account" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", payment with { PayerAccountId = "plat2-wallet" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", payment with { PayerAccountId = "elsewhere" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", payment with { PayerAccountId = "yen" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", payment with { PoolId = "yen-pool" });
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", payment with { Amount = SampleCommands.Eur(50_001) });
        ledger.Accept("plat", payment with { PoolId = "theirs" });
    }

    [Fact]
    public void Subscribe_AfterDivisionOrClose_IsRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Payment("s", 100));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Now += 30 * PoolCommands.Day;
        ledger.SettleAll();

        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", PoolCommands.Payment("s2", 100));
        ledger.Accept("op", new KpGrpc.LedgerServer.Execution.Periods.CloseSettlementPeriod("period"));
        ledger.Refuse(RejectionReason.PeriodClosed, "plat", PoolCommands.Payment("s2", 100));
    }
}
