using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers;

public sealed class DepositHandlerTests
{
    [Fact]
    public void Deposit_ByTheProvider_DebitsClearingAndCreditsTheAccount()
    {
        var ledger = Opened();

        var receipt = ledger.Accept("pay", SampleCommands.Deposit(1_234));

        Assert.Equal(
            [
                new Posting(
                    "clearing", Direction.Debit, SampleCommands.Eur(1_234), PostingState.Posted, PostingReason.Deposit),
                new Posting(
                    "wallet", Direction.Credit, SampleCommands.Eur(1_234), PostingState.Posted, PostingReason.Deposit),
            ],
            receipt.Effects);
        Assert.Equal(new AccountTotals(0, 1_234, 0, 0), ledger.State.Accounts.Find("wallet")!.Totals);
        var posting = Assert.Single(PostingBook.Of(ledger.State, "wallet"));
        Assert.Equal((receipt.Sequence, 1U), (posting.Sequence, posting.EffectIndex));
        Assert.True(Assert.Single(ledger.State.Accounts.TrialBalance).IsBalanced);
    }

    [Fact]
    public void Deposit_Faults_AreRefused()
    {
        var ledger = Opened();
        ledger.Accept("pay", SampleCommands.Deposit(1, "used"));
        ledger.Accept("plat", SampleCommands.OwnWallet("plat") with { CurrencyCode = "JPY", Exponent = 0 });
        ledger.Accept("pay", SampleCommands.OwnWallet("pay"));
        var deposit = SampleCommands.Deposit(100);

        ledger.Refuse(RejectionReason.RoleMissing, "plat", deposit);
        ledger.Refuse(RejectionReason.Malformed, "pay", deposit with { ExternalReference = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "pay", deposit with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.AmountInvalid, "pay", deposit with { Amount = SampleCommands.Eur(-1) });
        ledger.Refuse(RejectionReason.UnknownCurrency, "pay", deposit with { Amount = new Money(1, "USD", 2) });
        ledger.Refuse(RejectionReason.ExponentMismatch, "pay", deposit with { Amount = new Money(1, "EUR", 3) });
        ledger.Refuse(RejectionReason.SameAccount, "pay", deposit with { AccountId = "clearing" });
        ledger.Refuse(RejectionReason.UnknownAccount, "pay", deposit with { AccountId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "pay", deposit with { ClearingAccountId = "plat-wallet" });
        ledger.Refuse(RejectionReason.AccountKindWrong, "pay", deposit with { ClearingAccountId = "pay-wallet" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "pay", deposit with { AccountId = "plat-wallet" });
        ledger.Refuse(RejectionReason.ExternalReferenceUsed, "pay", deposit with { ExternalReference = "used" });
        ledger.Refuse(RejectionReason.AmountOverflow, "pay", deposit with { Amount = SampleCommands.Eur(long.MaxValue) });
    }

    private static TestLedger Opened()
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("plat", SampleCommands.Wallet());
        return ledger;
    }
}
