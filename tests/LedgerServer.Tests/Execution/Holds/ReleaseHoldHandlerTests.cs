using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds;

public sealed class ReleaseHoldHandlerTests
{
    [Theory]
    [InlineData("plat")]
    [InlineData("prod")]
    public void Execute_ByPlacerOrDestinationsOwner_FreesWhatRemains(string by)
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 60));
        ledger.Accept("plat", new CaptureHold { HoldId = "h", Amount = SampleCommands.Eur(20) });

        var receipt = ledger.Accept(by, new ReleaseHold { HoldId = "h" });

        Assert.Equal(new HoldReleased("h", SampleCommands.Eur(40), false), receipt.Effects[^1]);
        Assert.Equal(new AccountTotals(20, 100, 0, 0), ledger.Totals("wallet"));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h", 10));
        var release = new ReleaseHold { HoldId = "h" };

        ledger.Refuse(RejectionReason.RoleMissing, "aud", release);
        ledger.Refuse(RejectionReason.Malformed, "plat", release with { HoldId = "" });
        ledger.Refuse(RejectionReason.UnknownHold, "plat", release with { HoldId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "tech", release);
        ledger.Accept("plat", release);
        ledger.Refuse(RejectionReason.HoldNotOpen, "plat", release);
    }
}
