using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements;

public sealed class AgreementTableTests
{
    private static readonly Party[] Two =
        [SampleCommands.Party("prod", Role.Producer, 600_000), SampleCommands.Party("plat", Role.Platform, 400_000)];

    [Fact]
    public void FindActive_ScopesAndWindows_NarrowestStartedWins()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());
        Activate(SampleCommands.Agreement("default", 1, Two));
        Assert.Equal(("default", 1U), Active(ledger.Now));

        Activate(SampleCommands.Agreement("producer", 1, Two)
            .With(t => t with { Scope = AgreementScope.Producer("prod"), EffectiveFromMicros = ledger.Now + 10 }));
        Activate(SampleCommands.Agreement("work", 1, Two).With(t => t with
        {
            Scope = AgreementScope.Work("work"),
            EffectiveFromMicros = ledger.Now + 20,
            EffectiveUntilMicros = ledger.Now + 30,
        }));
        Activate(SampleCommands.Agreement("producer", 2, Two)
            .With(t => t with { Scope = AgreementScope.Producer("prod"), EffectiveFromMicros = ledger.Now + 30 }));

        Assert.Equal(("default", 1U), Active(ledger.Now + 9));
        Assert.Equal(("producer", 1U), Active(ledger.Now + 10));
        Assert.Equal(("work", 1U), Active(ledger.Now + 20));
        Assert.Equal(("producer", 2U), Active(ledger.Now + 30));

        void Activate(ProposeAgreement proposal)
        {
            ledger.Accept("prod", proposal);
            ledger.Accept("plat", new AcceptAgreement(
                proposal.Terms.AgreementId, proposal.Terms.Version, proposal.TermsHash));
        }

        (string, uint) Active(long at)
        {
            var terms = ledger.State.Agreements.FindActive(
                ledger.State.Works.Find("work")!, RevenueKind.Sale, at)!.Terms;
            return (terms.AgreementId, terms.Version);
        }
    }

    [Fact]
    public void InForce_VersionsOfSeveralAgreements_OneEachInOrderOfProposal()
    {
        var ledger = new TestLedger();
        Activate("b", 1, from: 0);
        Activate("a", 1, from: 0);
        Activate("b", 2, from: 10);
        Activate("c", 1, from: 10);
        ledger.Accept("prod", SampleCommands.Agreement("proposed", 1, Two));

        Assert.Equal([("b", 1U), ("a", 1U)], InForce(9));
        Assert.Equal([("a", 1U), ("b", 2U), ("c", 1U)], InForce(10));
        ledger.Accept("prod", new TerminateAgreement("a", 1, ledger.Now + 20, "end"));
        Assert.Equal([("b", 2U), ("c", 1U)], InForce(20));

        void Activate(string id, uint version, long from)
        {
            var proposal = SampleCommands.Agreement(id, version, Two).With(t => t with { EffectiveFromMicros = ledger.Now + from });
            ledger.Accept("prod", proposal);
            ledger.Accept("plat", new AcceptAgreement(id, version, proposal.TermsHash));
        }

        IEnumerable<(string, uint)> InForce(long later) =>
            ledger.State.Agreements.InForce(ledger.Now + later).Select(version => (version.Terms.AgreementId, version.Terms.Version));
    }

    [Fact]
    public void FindActive_KindsOfScopes_FallToTheNextWiderSplit()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());
        var sale = SampleCommands.Agreement("work", 1, Two).With(t => t with { Scope = AgreementScope.Work("work") });
        var all = SampleCommands.Agreement("default", 1, Two).With(t => t with
        {
            Splits = [t.Splits[0], t.Splits[0] with { RevenueKind = RevenueKind.Advertising }],
        });
        foreach (var proposal in new[] { all, sale })
        {
            ledger.Accept("prod", proposal);
            ledger.Accept("plat", SampleCommands.Acceptance(proposal.Terms.AgreementId));
        }

        Assert.Equal("work", Active(RevenueKind.Sale));
        Assert.Equal("default", Active(RevenueKind.Advertising));
        Assert.Null(Active(RevenueKind.Referral));

        string? Active(RevenueKind kind) => ledger.State.Agreements
            .FindActive(ledger.State.Works.Find("work")!, kind, ledger.Now)?.Terms.AgreementId;
    }
}
