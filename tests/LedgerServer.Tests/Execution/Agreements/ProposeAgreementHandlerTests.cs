using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements;

public sealed class ProposeAgreementHandlerTests
{
    private static readonly Party[] Two =
        [SampleCommands.Party("prod", Role.Producer, 600_000), SampleCommands.Party("plat", Role.Platform, 400_000)];

    [Fact]
    public void Propose_MoreLaterVersionsThanOneReceiptEnds_IsRefusedUnlessItStartsAtOnce()
    {
        var ledger = new TestLedger();
        uint next = 1;
        for (; next <= EngineLimits.ActiveVersionsMax; next++)
        {
            ledger.Accept("prod", Later(next));
        }

        ledger.Refuse(RejectionReason.LimitReached, "prod", Later(next));
        var receipt = ledger.Accept("prod", Alone(next));

        Assert.Equal(EngineLimits.ActiveVersionsMax, receipt.Effects.OfType<AgreementEnded>().Count());

        ProposeAgreement Later(uint version) =>
            Alone(version).With(t => t with { EffectiveFromMicros = ledger.Now + OrderTime.MicrosPerDay });

        static ProposeAgreement Alone(uint version) =>
            SampleCommands.Agreement("a", version, [SampleCommands.Party("prod", Role.Producer, 1_000_000)]);
    }

    [Fact]
    public void Propose_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));
        var good = SampleCommands.Agreement("a", 1, Two);

        ledger.Refuse(RejectionReason.NotAParty, "tech", good);
        Refuse(RejectionReason.Malformed, good.With(t => t with { Scope = new AgreementScope("prod", "work") }));
        Refuse(RejectionReason.Malformed, good.With(t => t with { Splits = [] }));
        Refuse(RejectionReason.Malformed, good.WithSplit(s => s with { Parties = [] }));
        Refuse(RejectionReason.Malformed, good.WithSplit(s => s with { DustOrganizationId = "prod" }));
        Refuse(RejectionReason.Malformed, good.WithSplit(s => s with { Rounding = RoundingRule.FloorThenDust }));
        Refuse(RejectionReason.Malformed, good.WithSplit(s => s with { Parties = [Two[0] with { Role = (Role)34 }] }));
        Refuse(RejectionReason.Malformed, good.With(t => t with { Splits = [t.Splits[0], t.Splits[0]] }));
        Refuse(RejectionReason.SharesInvalid, good.WithSplit(s => s with { Parties = [Two[0]] }));
        Refuse(RejectionReason.SharesInvalid, good.WithSplit(s => s with
        {
            Parties = [Two[0] with { Ppm = 500_000 }, Two[0] with { Ppm = 500_000 }],
        }));
        Refuse(RejectionReason.UnknownOrganization, good.WithSplit(s => s with
        {
            Parties = [Two[0], Two[1] with { OrganizationId = "ghost" }],
        }));
        Refuse(RejectionReason.RoleMissing, good.WithSplit(s => s with
        {
            Parties = [Two[0], Two[1] with { Role = Role.Technology }],
        }));
        Refuse(RejectionReason.UnknownAccount, good.WithSplit(s => s with
        {
            Parties = [Two[0] with { AccountId = "none" }, Two[1]],
        }));
        Refuse(RejectionReason.NotAuthorized, good.WithSplit(s => s with
        {
            Parties = [Two[0], Two[1] with { AccountId = "prod-wallet" }],
        }));
        Refuse(RejectionReason.AgreementVersionInvalid, good.With(t => t with { Version = 2 }));
        Refuse(RejectionReason.UnknownWork, good.With(t => t with { Scope = AgreementScope.Work("none") }));
        Refuse(RejectionReason.UnknownOrganization, good.With(t => t with { Scope = AgreementScope.Producer("ghost") }));
        Refuse(RejectionReason.NotAParty, good.With(t => t with { Scope = AgreementScope.Producer("prod2") }));
        Refuse(RejectionReason.TimeInvalid, good.With(t => t with { EffectiveUntilMicros = ledger.Now }));

        void Refuse(RejectionReason reason, ProposeAgreement proposal) => ledger.Refuse(reason, "prod", proposal);
    }

    [Fact]
    public void Propose_LimitsThatContradict_AreRefused()
    {
        var ledger = new TestLedger();
        var eur = SampleCommands.Eur(100);
        var jpy = new Money(100, "JPY", 0);

        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { CapPerSale = eur, FloorPerSale = SampleCommands.Eur(101) });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { MinimumGuarantee = eur });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { GuarantorOrganizationId = "plat" });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { MinimumGuarantee = eur, GuarantorOrganizationId = "prod" });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { MinimumGuarantee = eur, GuarantorOrganizationId = "tech" });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { CapPerSale = eur, FloorPerSale = jpy });
        Refuse(RejectionReason.AgreementLimitsInvalid, p => p with { CapPerSale = eur }, p => p with { CapPerSale = eur });
        Refuse(RejectionReason.AmountInvalid, p => p with { CapPerSale = SampleCommands.Eur(0) });
        Refuse(RejectionReason.UnknownCurrency, p => p with { FloorPerSale = new Money(1, "USD", 2) });
        Refuse(RejectionReason.ExponentMismatch, p => p with
        {
            MinimumGuarantee = new Money(1, "JPY", 2),
            GuarantorOrganizationId = "plat",
        });

        void Refuse(RejectionReason reason, Func<Party, Party> first, Func<Party, Party>? second = null) => ledger.Refuse(
            reason, "prod", SampleCommands.Agreement("a", 1, first(Two[0]), second is null ? Two[1] : second(Two[1])));
    }

    [Fact]
    public void Propose_WorkScopeWithoutTheOwner_IsRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());

        ledger.Refuse(
            RejectionReason.NotAParty,
            "plat",
            SampleCommands.Agreement("grab", 1, Two[1] with { Ppm = 1_000_000 })
                .With(terms => terms with { Scope = AgreementScope.Work("work") }));
    }

    [Fact]
    public void Propose_NextVersion_SupersedesOnlyWithEverybodyNamed()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Agreement("a", 1, Two));
        ledger.Accept("plat", SampleCommands.Acceptance("a"));
        var alone = SampleCommands.Agreement("a", 2, Two[0] with { Ppm = 1_000_000 });

        ledger.Refuse(RejectionReason.NotAParty, "prod", alone);
        ledger.Refuse(
            RejectionReason.NotAParty,
            "tech",
            SampleCommands.Agreement("a", 2, [.. Two, SampleCommands.Party("tech", Role.Technology, 0)]));
        ledger.Refuse(
            RejectionReason.AgreementScopeChanged,
            "prod",
            SampleCommands.Agreement("a", 2, Two).With(t => t with { Scope = AgreementScope.Producer("prod") }));
        ledger.Accept("prod", SampleCommands.Agreement("a", 2, Two));
        var receipt = ledger.Accept("plat", SampleCommands.Acceptance("a", 2));

        Assert.Contains(new AgreementEnded("a", 1, AgreementStatus.Superseded), receipt.Effects);
        Assert.Equal(AgreementStatus.Active, ledger.State.Agreements.Find("a", 2)!.Status);
    }

    [Fact]
    public void Propose_WhileAVersionIsOpen_RefusesTheOpenOne()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Agreement("a", 1, Two));

        var receipt = ledger.Accept("plat", SampleCommands.Agreement("a", 2, Two));

        Assert.Equal(new AgreementEnded("a", 1, AgreementStatus.Refused), receipt.Effects[0]);
        ledger.Refuse(RejectionReason.AgreementNotProposed, "plat", SampleCommands.Acceptance("a"));
    }
}
