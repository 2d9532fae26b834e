using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements.Decisions;

public sealed class TerminateAgreementHandlerTests
{
    private static readonly TerminateAgreement AtOnce = new("agreement", 1, null, "over");

    [Fact]
    public void Terminate_AtOnce_EndsSalesAndKeepsThoseMade()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());
        var split = ledger.State.Purchases.Find("purchase")!.Split;

        var receipt = ledger.Accept("tech", AtOnce);

        Assert.Equal([new AgreementEnded("agreement", 1, AgreementStatus.Terminated)], receipt.Effects);
        Assert.Equal(split, ledger.State.Purchases.Find("purchase")!.Split);
        ledger.Now += 30 * OrderTime.MicrosPerDay;
        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat", SampleCommands.Purchase("second"));
        ledger.Refuse(RejectionReason.AgreementNotActive, "tech", AtOnce);
    }

    [Fact]
    public void Terminate_Later_SplitsUntilThenAndStaysBinding()
    {
        var ledger = SampleCommands.ReadyToSell();
        var end = ledger.Now + 10;
        ledger.Accept("tech", AtOnce with { EffectiveAtMicros = end });
        var without = SampleCommands.Agreement("agreement", 2, SampleCommands.Party("prod", Role.Producer, 1_000_000));

        Assert.NotNull(Active(end - 1));
        Assert.Null(Active(end));
        ledger.Refuse(RejectionReason.NotAParty, "prod", without);
        ledger.Now = end;
        ledger.Accept("prod", without);
        Assert.Equal(2U, Active(end)!.Terms.Version);

        AgreementVersion? Active(long at) =>
            ledger.State.Agreements.FindActive(ledger.State.Works.Find("work")!, RevenueKind.Sale, at);
    }

    [Fact]
    public void Terminate_BeforeItStarts_LeavesTheEarlierVersion()
    {
        var ledger = SampleCommands.ReadyToSell();
        var start = ledger.Now + 10;
        ledger.Accept("prod", SampleCommands.Agreement("agreement", 2).With(t => t with { EffectiveFromMicros = start }));
        foreach (var party in new[] { "plat", "tech", "op" })
        {
            ledger.Accept(party, SampleCommands.Acceptance("agreement", 2));
        }

        Assert.Equal(2U, Active());
        ledger.Accept("prod", AtOnce with { Version = 2 });
        Assert.Equal(1U, Active());
        ledger.Now = start;
        Assert.Equal(1U, Active());

        uint? Active() => ledger.State.Agreements
            .FindActive(ledger.State.Works.Find("work")!, RevenueKind.Sale, start)?.Terms.Version;
    }

    [Fact]
    public void Terminate_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleCommands.Agreement("agreement", 2));

        ledger.Refuse(RejectionReason.RoleMissing, "aud", AtOnce);
        ledger.Refuse(RejectionReason.Malformed, "prod", AtOnce with { AgreementId = "" });
        ledger.Refuse(RejectionReason.Malformed, "prod", AtOnce with { EffectiveAtMicros = -1 });
        ledger.Refuse(RejectionReason.Malformed, "prod", AtOnce with { Reason = new string('r', 513) });
        ledger.Refuse(RejectionReason.UnknownAgreement, "prod", AtOnce with { AgreementId = "none" });
        ledger.Refuse(RejectionReason.NotAParty, "prod2", AtOnce);
        ledger.Refuse(RejectionReason.AgreementNotActive, "prod", AtOnce with { Version = 2 });
        ledger.Refuse(RejectionReason.TimeInvalid, "prod", AtOnce with { EffectiveAtMicros = ledger.Now - 1 });
    }
}
