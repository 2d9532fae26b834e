using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Membership;

public sealed class AddKeyHandlerTests
{
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
}
