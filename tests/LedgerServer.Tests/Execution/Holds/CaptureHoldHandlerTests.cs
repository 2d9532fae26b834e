using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds;

public sealed class CaptureHoldHandlerTests
{
    [Fact]
    public void Execute_InPartsThenReleaseRest_MovesWhatWasHeld()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 60));

        ledger.Accept("prod", new CaptureHold { HoldId = "h", Amount = SampleCommands.Eur(20) });
        var receipt = ledger.Accept("plat", new CaptureHold { HoldId = "h", Amount = SampleCommands.Eur(30), ReleaseRest = true });

        Assert.Equal(new AccountTotals(50, 100, 0, 0), ledger.Totals("wallet"));
        Assert.Equal(new AccountTotals(0, 50, 0, 0), ledger.Totals("prod-wallet"));
        Assert.Equal(new HoldCaptured("h", SampleCommands.Eur(30), SampleCommands.Eur(10), null), receipt.Effects.OfType<HoldCaptured>().Single());
        Assert.Equal(new HoldReleased("h", SampleCommands.Eur(10), false), receipt.Effects[^1]);
        var hold = ledger.State.Holds.Find("h")!;
        Assert.Equal((HoldStatus.Released, 50L, 0L), (hold.Status, hold.CapturedMinorUnits, hold.Remaining.MinorUnits));
    }

    [Fact]
    public void Execute_WithoutAmount_CapturesAllThatRemains()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 100));

        var receipt = ledger.Accept("plat", new CaptureHold { HoldId = "h" });

        var amount = SampleCommands.Eur(100);
        Assert.Equal(
            [
                new Posting("wallet", Direction.Debit, amount, PostingState.Released, PostingReason.Hold, "h"),
                new Posting("prod-wallet", Direction.Credit, amount, PostingState.Released, PostingReason.Hold, "h"),
                new Posting("wallet", Direction.Debit, amount, PostingState.Posted, PostingReason.Hold, "h"),
                new Posting("prod-wallet", Direction.Credit, amount, PostingState.Posted, PostingReason.Hold, "h"),
                new HoldCaptured("h", amount, SampleCommands.Eur(0), null),
            ],
            receipt.Effects);
        Assert.Equal(HoldStatus.Captured, ledger.State.Holds.Find("h")!.Status);
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 10));
        ledger.Accept("plat", SampleHolds.Place("short", 10, ledger.Now + 1));
        ledger.Accept("plat", SampleHolds.Place("out", 10) with { DestinationAccountId = "clearing" });
        ledger.Accept("plat", SampleHolds.Place("done", 10));
        ledger.Accept("plat", new CaptureHold { HoldId = "done" });
        ledger.Now++;
        var capture = new CaptureHold { HoldId = "h" };

        ledger.Refuse(RejectionReason.RoleMissing, "aud", capture);
        ledger.Refuse(RejectionReason.Malformed, "plat", capture with { HoldId = "" });
        ledger.Refuse(RejectionReason.UnknownHold, "plat", capture with { HoldId = "none" });
        ledger.Refuse(RejectionReason.HoldNotOpen, "plat", capture with { HoldId = "done" });
        ledger.Refuse(RejectionReason.HoldExpired, "plat", capture with { HoldId = "short" });
        ledger.Refuse(RejectionReason.NotAuthorized, "tech", capture);
        ledger.Refuse(RejectionReason.AccountKindWrong, "plat", capture with { HoldId = "out" });
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", capture with { Amount = SampleCommands.Eur(0) });
        ledger.Refuse(RejectionReason.CurrencyMismatch, "plat", capture with { Amount = new Money(1, "JPY", 0) });
        ledger.Refuse(RejectionReason.HoldAmountExceeded, "plat", capture with { Amount = SampleCommands.Eur(11) });
    }
}
