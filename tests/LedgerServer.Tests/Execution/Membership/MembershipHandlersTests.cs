using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Membership;

public sealed class MembershipHandlersTests
{
    [Fact]
    public void EnrolOrganization_ByApprover_MakesAMemberWhoMayAct()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("op", new EnrolOrganization(TestLedger.Organization("new", Role.Producer)));

        Assert.Collection(
            receipt.Effects,
            effect => Assert.Equal("new", Assert.IsType<OrganizationEnrolled>(effect).Organization.OrganizationId),
            effect => Assert.Equal("k-new", Assert.IsType<KeyAdded>(effect).Key.KeyId));
        ledger.Accept("new", SampleCommands.Work("new-work", new OwnerShare("new", 1_000_000)));
    }

    [Fact]
    public void EnrolOrganization_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        var organization = TestLedger.Organization("new", Role.Producer);

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new EnrolOrganization(organization));
        Refuse(RejectionReason.Malformed, organization with { OrganizationId = "has space" });
        Refuse(RejectionReason.Malformed, organization with { OrganizationId = new string('x', 117) });
        Refuse(RejectionReason.Malformed, organization with { DisplayName = "" });
        Refuse(RejectionReason.Malformed, organization with { Roles = [] });
        Refuse(RejectionReason.Malformed, organization with { Roles = [Role.Producer, Role.Producer] });
        Refuse(RejectionReason.Malformed, organization with { Roles = [(Role)33] });
        Refuse(RejectionReason.Malformed, organization with { Keys = [] });
        Refuse(RejectionReason.Malformed, organization with { Keys = [TestLedger.Key("k") with { PublicKey = new byte[31] }] });
        Refuse(RejectionReason.RoleMissing, organization with { Keys = [TestLedger.Key("k", Role.Operator)] });
        Refuse(RejectionReason.AlreadyExists, organization with { OrganizationId = "plat" });
        Refuse(RejectionReason.KeyAlreadyUsed, organization with { Keys = [TestLedger.Key("k-plat")] });
        Refuse(RejectionReason.KeyAlreadyUsed, organization with { Keys = [TestLedger.Key("k"), TestLedger.Key("k")] });

        void Refuse(RejectionReason reason, OrganizationDefinition definition) =>
            ledger.Refuse(reason, "op", new EnrolOrganization(definition));
    }

    [Fact]
    public void EnrolOrganization_PolicyNamesAnotherApprover_IsNotAuthorized()
    {
        var genesis = TestLedger.NewGenesis();
        var engine = new LedgerEngine(genesis with
        {
            Organizations = [.. genesis.Organizations, TestLedger.Organization("reg", Role.Regulator)],
            ApproverOrganizationIds = ["reg"],
        });
        var command = new TestLedger().Command("op", new DeclareCurrency(new CurrencyDefinition("USD", 2)));

        var receipt = Assert.IsType<Executed>(engine.Execute(command, 0, TestLedger.Start)).Receipt;

        Assert.Equal(RejectionReason.NotAuthorized, receipt.Rejection?.Reason);
    }

    [Fact]
    public void AddKey_OwnKeyWithProof_SignsFromThenOn()
    {
        var ledger = new TestLedger();

        ledger.Accept("plat", new AddKey(TestLedger.Key("k2"), PossessionProven: true));

        var receipt = ledger.Run(ledger.Command("plat", SampleCommands.Wallet()) with { KeyId = "k2" });
        Assert.Null(receipt.Rejection);
        Assert.Equal(["k-plat", "k2"], ledger.State.Membership.KeysOf("plat").Select(key => key.Key.KeyId));
    }

    [Fact]
    public void AddKey_Faults_AreRefused()
    {
        var ledger = new TestLedger();

        ledger.Refuse(RejectionReason.Malformed, "plat", new AddKey(TestLedger.Key("bad id"), true));
        ledger.Refuse(RejectionReason.PossessionNotProven, "plat", new AddKey(TestLedger.Key("k2"), false));
        ledger.Refuse(RejectionReason.KeyAlreadyUsed, "plat", new AddKey(TestLedger.Key("k-op"), true));
        ledger.Refuse(RejectionReason.RoleMissing, "plat", new AddKey(TestLedger.Key("k2", Role.Operator), true));
    }

    [Fact]
    public void AddKey_ByRestrictedKey_CannotMakeAStrongerOne()
    {
        var ledger = new TestLedger();
        ledger.Accept("op", new EnrolOrganization(TestLedger.Organization("both", Role.Platform, Role.Producer)));
        ledger.Accept("both", new AddKey(TestLedger.Key("weak", Role.Producer), true));

        Refuse(TestLedger.Key("k2"));
        Refuse(TestLedger.Key("k2", Role.Platform));
        ledger.Refuse(
            RejectionReason.RoleMissing,
            ledger.Command("both", SampleCommands.Purchase()) with { KeyId = "weak" });

        void Refuse(KeyDefinition key) => ledger.Refuse(
            RejectionReason.RoleMissing, ledger.Command("both", new AddKey(key, true)) with { KeyId = "weak" });
    }

    [Fact]
    public void AddKey_AboveTheLimit_IsRefused()
    {
        var ledger = new TestLedger();
        for (var i = 1; i < EngineLimits.KeysPerOrganizationMax; i++)
        {
            ledger.Accept("plat", new AddKey(TestLedger.Key($"more-{i}"), true));
        }

        ledger.Refuse(RejectionReason.LimitReached, "plat", new AddKey(TestLedger.Key("too-much"), true));
    }

    [Fact]
    public void DeclareCurrency_ByApprover_CanBeUsed()
    {
        var ledger = new TestLedger();

        ledger.Accept("op", new DeclareCurrency(new CurrencyDefinition("KWD", 3)));

        ledger.Accept("plat", SampleCommands.Wallet() with { CurrencyCode = "KWD", Exponent = 3 });
    }

    [Fact]
    public void DeclareCurrency_Faults_AreRefused()
    {
        var ledger = new TestLedger();

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new DeclareCurrency(new CurrencyDefinition("USD", 2)));
        ledger.Refuse(RejectionReason.Malformed, "op", new DeclareCurrency(new CurrencyDefinition("usd", 2)));
        ledger.Refuse(RejectionReason.Malformed, "op", new DeclareCurrency(new CurrencyDefinition("USD", 9)));
        ledger.Refuse(RejectionReason.AlreadyExists, "op", new DeclareCurrency(new CurrencyDefinition("EUR", 2)));
    }
}
