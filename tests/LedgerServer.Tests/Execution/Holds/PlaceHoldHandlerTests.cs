using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds;

public sealed class PlaceHoldHandlerTests
{
    [Fact]
    public void Execute_ByWhoMayDebit_HoldsOnBothAccounts()
    {
        var ledger = SampleHolds.Opened();

        var receipt = ledger.Accept("plat", SampleHolds.Place("h", 60));

        var held = SampleCommands.Eur(60);
        Assert.Equal(
            [
                new Posting("wallet", Direction.Debit, held, PostingState.Held, PostingReason.Hold, "h"),
                new Posting("prod-wallet", Direction.Credit, held, PostingState.Held, PostingReason.Hold, "h"),
                new HoldPlaced(ledger.State.Holds.Find("h")!),
            ],
            receipt.Effects);
        Assert.Equal(new AccountTotals(0, 100, 60, 0), ledger.Totals("wallet"));
        Assert.Equal(new AccountTotals(0, 0, 0, 60), ledger.Totals("prod-wallet"));
    }

    [Fact]
    public void Execute_HeldMoney_CannotBeSpentOrHeldAgain()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 60));

        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", SampleCommands.Transfer("wallet", "prod-wallet", 41));
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", SampleHolds.Place("i", 41));
        ledger.Accept("plat", SampleHolds.Place("i", 40));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("used", 1));
        ledger.Accept("prod2", SampleCommands.OwnWallet("prod2") with { CurrencyCode = "JPY", Exponent = 0 });
        ledger.Accept("prod2", SampleCommands.OwnWallet("prod2") with { AccountId = "small", Limits = new AccountLimits(0, 5) });
        var hold = SampleHolds.Place("h", 10);

        ledger.Refuse(RejectionReason.RoleMissing, "aud", hold);
        ledger.Refuse(RejectionReason.Malformed, "plat", hold with { HoldId = "" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", hold with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.SameAccount, "plat", hold with { DestinationAccountId = "wallet" });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", hold with { HoldId = "used" });
        ledger.Refuse(RejectionReason.TimeInvalid, "plat", hold with { ExpiresAtMicros = ledger.Now });
        ledger.Refuse(RejectionReason.UnknownAccount, "plat", hold with { DestinationAccountId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "prod", hold);
        ledger.Refuse(RejectionReason.WrongLedger, "plat", hold with { Foreign = new ForeignLeg("other", "other.example", "h") });
        ledger.Refuse(RejectionReason.AccountKindWrong, "pay", hold with { AccountId = "clearing" });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", hold with { DestinationAccountId = "prod2-wallet" });
        ledger.Refuse(RejectionReason.BalanceLimitExceeded, "plat", hold with { DestinationAccountId = "small" });
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", hold with { Amount = SampleCommands.Eur(100) });
    }

    [Fact]
    public void Execute_MoreOpenHoldsThanTheLimit_IsRefusedUntilSomeRunOut()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("pay", SampleCommands.Deposit(5_000, "more"));
        var end = ledger.Now + 1;
        for (var i = 0; i < EngineLimits.OpenHoldsPerAccountMax; i++)
        {
            ledger.Accept("plat", SampleHolds.Place($"h{i}", 1, end));
        }

        var next = ledger.Run(ledger.Command("plat", SampleHolds.Place("next", 1)));
        Assert.Equal(RejectionReason.LimitReached, next.Rejection!.Reason);
        ledger.Now++;
        ledger.Accept("plat", SampleHolds.Place("next", 1));
    }
}
