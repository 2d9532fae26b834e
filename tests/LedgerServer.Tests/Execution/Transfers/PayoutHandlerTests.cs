using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers;

public sealed class PayoutHandlerTests
{
    [Fact]
    public void Execute_ByWhoMayDebit_MovesToTheClearingAccount()
    {
        var ledger = SampleHolds.Opened();

        var receipt = ledger.Accept("plat", SampleHolds.Payout(40));

        var amount = SampleCommands.Eur(40);
        Assert.Equal(
            [
                new Posting("wallet", Direction.Debit, amount, PostingState.Posted, PostingReason.Payout),
                new Posting("clearing", Direction.Credit, amount, PostingState.Posted, PostingReason.Payout),
            ],
            receipt.Effects);
    }

    [Fact]
    public void Execute_ByTheProvider_NeedsAHoldThatCoversIt()
    {
        var ledger = SampleHolds.Opened();
        ledger.Refuse(RejectionReason.UnknownHold, "pay", SampleHolds.Payout(40));
        ledger.Accept("plat", SampleHolds.Place("elsewhere", 50));
        ledger.Accept("plat", SampleHolds.Place("small", 5) with { DestinationAccountId = "clearing" });
        ledger.Accept("plat", SampleHolds.Place("out", 45) with { DestinationAccountId = "clearing" });

        ledger.Refuse(RejectionReason.UnknownHold, "pay", SampleHolds.Payout(46));
        var receipt = ledger.Accept("pay", SampleHolds.Payout(40));

        Assert.Equal(new HoldCaptured("out", SampleCommands.Eur(40), SampleCommands.Eur(5), null), receipt.Effects[^1]);
        Assert.Equal(new AccountTotals(40, 100, 60, 0), ledger.Totals("wallet"));
        Assert.Equal(new AccountTotals(100, 40, 0, 10), ledger.Totals("clearing"));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Payout(1, "used"));
        ledger.Accept("plat", SampleCommands.OwnWallet("plat") with { CurrencyCode = "JPY", Exponent = 0 });
        var payout = SampleHolds.Payout(10);

        ledger.Refuse(RejectionReason.RoleMissing, "aud", payout);
        ledger.Refuse(RejectionReason.Malformed, "plat", payout with { ExternalReference = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", payout with { Amount = SampleCommands.Eur(-1) });
        ledger.Refuse(RejectionReason.SameAccount, "plat", payout with { ClearingAccountId = "wallet" });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", payout with { AccountId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "prod", payout);
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", payout with { ClearingAccountId = "prod-wallet" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", payout with { AccountId = "plat-wallet" });
        ledger.Refuse(RejectionReason.ExternalReferenceUsed, "plat", payout with { ExternalReference = "used" });
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", payout with { Amount = SampleCommands.Eur(100) });
        ledger.Accept("pay", SampleCommands.Deposit(1, "used"));
    }
}
