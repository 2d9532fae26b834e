using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;
using KpGrpc.LedgerServer.Tests.Execution.Governance;

namespace KpGrpc.LedgerServer.Tests.Execution.Membership.Keys;

public sealed class KeyHandlersTests
{
    [Fact]
    public void RotateKey_OwnKey_ReplacesItAtOneSequence()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("plat", new RotateKey("k-plat", TestLedger.Key("k2"), true));

        Assert.Equal([typeof(KeyRevoked), typeof(KeyAdded)], receipt.Effects.Select(effect => effect.GetType()));
        var old = ledger.State.Membership.FindKey("k-plat")!;
        Assert.Equal((KeyStatus.Revoked, 0UL, "k2"), (old.Status, old.RevokedAtSequence, old.ReplacedByKeyId));
        ledger.Refuse(RejectionReason.KeyRevoked, "plat", SampleCommands.Wallet());
        Assert.Null(ledger.Run(ledger.Command("plat", SampleCommands.Wallet()) with { KeyId = "k2" }).Rejection);
    }

    [Fact]
    public void RotateKey_Faults_AreRefused()
    {
        var ledger = new TestLedger();

        ledger.Refuse(RejectionReason.Malformed, "plat", new RotateKey("", TestLedger.Key("k2"), true));
        ledger.Refuse(RejectionReason.Malformed, "plat", new RotateKey("k-plat", TestLedger.Key("bad id"), true));
        ledger.Refuse(RejectionReason.PossessionNotProven, "plat", new RotateKey("k-plat", TestLedger.Key("k2"), false));
        ledger.Refuse(RejectionReason.UnknownKey, "plat", new RotateKey("k-none", TestLedger.Key("k2"), true));
        ledger.Refuse(RejectionReason.KeyNotOfOrganization, "plat", new RotateKey("k-op", TestLedger.Key("k2"), true));
        ledger.Refuse(RejectionReason.KeyAlreadyUsed, "plat", new RotateKey("k-plat", TestLedger.Key("k-op"), true));
        ledger.Refuse(RejectionReason.RoleMissing, "plat", new RotateKey("k-plat", TestLedger.Key("k2", Role.Operator), true));
    }

    [Fact]
    public void RevokeKey_OwnKeyThatIsNotTheLast_AtOnceAndTheLastNever()
    {
        var ledger = new TestLedger();
        ledger.Refuse(RejectionReason.LastKey, "plat", new RevokeKey("", "k-plat", "lost"));
        ledger.Accept("plat", new AddKey(TestLedger.Key("k2"), true));

        Assert.Equal([new KeyRevoked("plat", "k2")], ledger.Accept("plat", new RevokeKey("", "k2", "lost")).Effects);

        ledger.Refuse(RejectionReason.KeyRevoked, "plat", new RevokeKey("plat", "k2", "lost"));
        ledger.Refuse(RejectionReason.UnknownKey, "plat", new RevokeKey("", "k-none", "lost"));
        ledger.Refuse(RejectionReason.KeyNotOfOrganization, "plat", new RevokeKey("", "k-op", "lost"));
        ledger.Refuse(RejectionReason.RoleMissing, "plat", new RevokeKey("op", "k-op", "lost"));
        ledger.Refuse(RejectionReason.Malformed, "plat", new RevokeKey("", "k-plat", new string('x', 513)));
    }

    [Fact]
    public void RevokeKey_OfAnother_NeedsApprovalsAndMayTakeTheLast()
    {
        var ledger = Council.New();
        var hash = ledger.Propose("op", new RevokeKey("plat", "k-plat", "stolen"));

        Assert.Equal(new KeyRevoked("plat", "k-plat"), ledger.Accept("reg", new ApproveChange(hash, false)).Effects[1]);

        ledger.Refuse(RejectionReason.KeyRevoked, "plat", SampleCommands.Wallet());
        ledger.Refuse(RejectionReason.UnknownOrganization, "op", new RevokeKey("ghost", "k-plat", ""));
    }

    [Fact]
    public void RevokeKey_LastKeyOfAnApproverThatIsNeeded_IsRefused() =>
        Council.Alone().Refuse(RejectionReason.PolicyInvalid, "op", new RevokeKey("", "k-op", "lost"));

    [Fact]
    public void RotateAndRevoke_ByRestrictedKey_LeaveStrongerKeysAlone()
    {
        var ledger = new TestLedger();
        ledger.Accept("op", new EnrolOrganization(TestLedger.Organization("both", Role.Platform, Role.Producer)));
        ledger.Accept("both", new AddKey(TestLedger.Key("weak", Role.Producer), true));

        Refuse(new RevokeKey("", "k-both", ""));
        Refuse(new RotateKey("k-both", TestLedger.Key("k2", Role.Producer), true));
        var own = ledger.Command("both", new RotateKey("weak", TestLedger.Key("weak2", Role.Producer), true)) with { KeyId = "weak" };
        Assert.Null(ledger.Run(own).Rejection);

        void Refuse(CommandBody body) =>
            ledger.Refuse(RejectionReason.RoleMissing, ledger.Command("both", body) with { KeyId = "weak" });
    }
}
