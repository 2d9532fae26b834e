using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Tests.Execution.Accounts;

public sealed class OpenAccountHandlerTests
{
    [Fact]
    public void Execute_ByOwnerOrForLearner_Opens()
    {
        var ledger = new TestLedger();

        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("pay", SampleCommands.Wallet("a"));
        ledger.Accept("plat", SampleCommands.Wallet("b"));
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));

        Assert.Equal(["clearing", "a", "b", "prod-wallet"], ledger.State.Accounts.All.Select(a => a.Account.AccountId));
        Assert.Equal(4, Assert.Single(ledger.State.Accounts.TrialBalance).AccountCount);
        Assert.Equal(2, ledger.State.Accounts.OwnedBy(AccountOwner.Learner(SampleCommands.Learner)).Count);
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        var wallet = SampleCommands.Wallet();
        ledger.Accept("plat", SampleCommands.Wallet("taken"));

        ledger.Refuse(RejectionReason.RoleMissing, "aud", wallet);
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { AccountId = "a b" });
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { AccountId = "revenue/prod/EUR" });
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { Owner = new AccountOwner(null, null) });
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { Owner = AccountOwner.Learner("clear id") });
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { AccountKind = default });
        ledger.Refuse(RejectionReason.Malformed, "plat", wallet with { Limits = new AccountLimits(-1, 0) });
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", wallet with { AccountKind = AccountKind.Pool });
        ledger.Refuse(RejectionReason.AccountKindWrong, "pay", wallet with { AccountKind = AccountKind.Clearing });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat", SampleCommands.OwnWallet("prod"));
        ledger.Refuse(RejectionReason.RoleMissing, "prod", wallet);
        ledger.Refuse(
            RejectionReason.RoleMissing, "plat", SampleCommands.OwnWallet("plat") with { AccountKind = AccountKind.Clearing });
        ledger.Refuse(RejectionReason.RoleMissing, "plat", wallet with { Limits = new AccountLimits(1, 0) });
        ledger.Refuse(RejectionReason.UnknownCurrency, "plat", wallet with { CurrencyCode = "USD" });
        ledger.Refuse(RejectionReason.ExponentMismatch, "plat", wallet with { Exponent = 3 });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", SampleCommands.Wallet("taken"));
    }
}
