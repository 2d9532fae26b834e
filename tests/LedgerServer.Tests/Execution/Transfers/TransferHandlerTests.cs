using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers;

public sealed class TransferHandlerTests
{
    [Fact]
    public void Transfer_ByOwnerOrByThePlatformThatOpenedForALearner_Moves()
    {
        var ledger = Opened();
        ledger.Accept("pay", SampleCommands.Deposit(100));
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));

        ledger.Accept("plat", SampleCommands.Transfer("wallet", "prod-wallet", 60));
        ledger.Accept("prod", SampleCommands.Transfer("prod-wallet", "wallet", 10));

        Assert.Equal(new AccountTotals(60, 110, 0, 0), ledger.State.Accounts.Find("wallet")!.Totals);
        Assert.Equal(new AccountTotals(10, 60, 0, 0), ledger.State.Accounts.Find("prod-wallet")!.Totals);
    }

    [Fact]
    public void Transfer_Faults_AreRefused()
    {
        var ledger = Opened();
        ledger.Accept("pay", SampleCommands.Deposit(100));
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));
        ledger.Accept("pay", SampleCommands.Wallet("limited") with { Limits = new AccountLimits(0, 50) });
        ledger.Accept("plat", SampleCommands.OwnWallet("plat") with { CurrencyCode = "JPY", Exponent = 0 });
        var transfer = SampleCommands.Transfer("wallet", "prod-wallet", 10);

        ledger.Refuse(RejectionReason.RoleMissing, "aud", transfer);
        ledger.Refuse(RejectionReason.Malformed, "plat", transfer with { DebitAccountId = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", transfer with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.SameAccount, "plat", transfer with { CreditAccountId = "wallet" });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", transfer with { DebitAccountId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", transfer);
        ledger.Refuse(RejectionReason.NotAuthorized, "pay", SampleCommands.Transfer("limited", "wallet", 1));
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", transfer with { CreditAccountId = "clearing" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", transfer with { CreditAccountId = "plat-wallet" });
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", transfer with { Amount = SampleCommands.Eur(101) });
        ledger.Refuse(
            RejectionReason.BalanceLimitExceeded, "plat", SampleCommands.Transfer("wallet", "limited", 51));
    }

    private static TestLedger Opened()
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("plat", SampleCommands.Wallet());
        return ledger;
    }
}
