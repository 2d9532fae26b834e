using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Transfers;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers;

public sealed class PostMultipleHandlerTests
{
    [Fact]
    public void Execute_SeveralLines_PostsAllInOrder()
    {
        var ledger = Opened();

        var receipt = ledger.Accept("plat", Lines(Debit("wallet", 50), Credit("prod-wallet", 30), Credit("tax", 20)));

        Assert.Equal(3, receipt.Effects.Count);
        Assert.Equal(new AccountTotals(0, 20, 0, 0), ledger.Totals("tax"));
        Assert.Equal(new AccountTotals(50, 100, 0, 0), ledger.Totals("wallet"));
    }

    [Fact]
    public void Execute_ALineFails_NothingIsPosted()
    {
        var ledger = Opened();

        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", Lines(
            Credit("tax", 101), Debit("wallet", 100), Debit("wallet", 1)));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = Opened();
        ledger.Accept("plat", SampleCommands.OwnWallet("plat") with { CurrencyCode = "JPY", Exponent = 0 });
        var credit = Credit("prod-wallet", 10);

        ledger.Refuse(RejectionReason.RoleMissing, "aud", Lines(Debit("wallet", 10), credit));
        ledger.Refuse(RejectionReason.Malformed, "plat", Lines(credit));
        ledger.Refuse(RejectionReason.Malformed, "plat", Lines([.. Enumerable.Repeat(credit, 257)]));
        ledger.Refuse(RejectionReason.Malformed, "plat", Lines(Debit("", 10), credit));
        ledger.Refuse(RejectionReason.Malformed, "plat", Lines(Debit("wallet", 10) with { Direction = 0 }, credit));
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", Lines(Debit("wallet", 0), credit));
        ledger.Refuse(RejectionReason.PostingsUnbalanced, "plat", Lines(Debit("wallet", 9), credit));
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", Lines(Debit("none", 10), credit));
        ledger.Refuse(RejectionReason.NotAuthorized, "prod", Lines(Debit("wallet", 10), credit));
        ledger.Refuse(RejectionReason.AccountKindWrong, "pay", Lines(Debit("clearing", 10), credit));
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", Lines(Debit("plat-wallet", 10), credit));
    }

    private static TestLedger Opened()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("op", SampleCommands.OwnWallet("op") with { AccountId = "tax", AccountKind = AccountKind.Liability });
        return ledger;
    }

    private static PostMultiple Lines(params PostingLine[] lines) => new() { Lines = lines };

    private static PostingLine Debit(string account, long units) => new(account, Direction.Debit, SampleCommands.Eur(units));

    private static PostingLine Credit(string account, long units) => new(account, Direction.Credit, SampleCommands.Eur(units));
}
