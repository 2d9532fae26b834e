using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds;

public sealed class HoldExpiryTests
{
    [Fact]
    public void Rules_FromTheMomentAHoldRunsOut_CountItAsReleased()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 100, ledger.Now + 10));
        ledger.Now += 9;
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", SampleCommands.Transfer("wallet", "prod-wallet", 1));
        ledger.Now++;

        var receipt = ledger.Accept("plat", SampleCommands.Transfer("wallet", "prod-wallet", 100));

        Assert.Equal(new HoldReleased("h", SampleCommands.Eur(100), true), receipt.Effects[^1]);
        Assert.Equal(new AccountTotals(100, 100, 0, 0), ledger.Totals("wallet"));
        Assert.Equal(HoldStatus.Expired, ledger.State.Holds.Find("h")!.Status);
        ledger.Refuse(RejectionReason.HoldExpired, "plat", new ReleaseHold { HoldId = "h" });
    }

    [Fact]
    public void Rules_MoreHoldsRunOutThanAReceiptTells_CountAllAsReleasedAtOnce()
    {
        var ledger = SampleHolds.Opened();
        for (var i = 0; i < 10; i++)
        {
            ledger.Accept("plat", SampleHolds.Place($"h{9 - i}", 10, ledger.Now + 1));
        }

        ledger.Now++;
        var receipt = ledger.Accept("plat", SampleHolds.Place("big", 100));

        Assert.Equal(["h0", "h1", "h2", "h3"], receipt.Effects.OfType<HoldReleased>().Select(released => released.HoldId));
        Assert.Equal(new AccountTotals(0, 100, 160, 0), ledger.Totals("wallet"));
        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", SampleHolds.Place("more", 1));
        ledger.Accept("plat", new ReleaseHold { HoldId = "h9" });
        ledger.Accept("plat", new ReleaseHold { HoldId = "big" });
        Assert.Equal(new AccountTotals(0, 100, 0, 0), ledger.Totals("wallet"));
    }

    [Fact]
    public void Sweep_RejectedCommand_TellsNothing()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 10, ledger.Now + 1));
        ledger.Now++;

        ledger.Refuse(RejectionReason.UnknownHold, "plat", new ReleaseHold { HoldId = "none" });

        Assert.Equal(new AccountTotals(0, 100, 10, 0), ledger.Totals("wallet"));
    }

    [Fact]
    public void Release_OfAHoldThatRanOutBeforeAReceiptTellsIt_SaysThatItRanOut()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 10, ledger.Now + 1));
        ledger.Now++;

        var receipt = ledger.Accept("plat", new ReleaseHold { HoldId = "h" });

        Assert.Equal(new HoldReleased("h", SampleCommands.Eur(10), true), receipt.Effects[^1]);
        Assert.Single(receipt.Effects.OfType<HoldReleased>());
    }
}
