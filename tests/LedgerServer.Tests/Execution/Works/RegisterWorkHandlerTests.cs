using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Works;

public sealed class RegisterWorkHandlerTests
{
    [Fact]
    public void Execute_BySingleOwner_Registers()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("prod", SampleCommands.Work());

        var effect = Assert.IsType<WorkRegistered>(Assert.Single(receipt.Effects));
        Assert.Equal(TestLedger.Hash("details work"), effect.DetailsHash);
        Assert.Equal("prod", ledger.State.Works.Find("work")!.RegisteredByOrganizationId);
    }

    [Fact]
    public void Execute_SeveralOwnersWhoAllSigned_Registers()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("prod", SampleRights.SharedWork());

        Assert.Equal(
            [new OwnerShare("prod", 500_000), new OwnerShare("prod2", 500_000)],
            Assert.IsType<WorkRegistered>(Assert.Single(receipt.Effects)).Owners);
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work("taken"));

        ledger.Refuse(RejectionReason.RoleMissing, "plat", SampleCommands.Work());
        Refuse(RejectionReason.Malformed, work => work with { WorkId = "" });
        Refuse(RejectionReason.Malformed, work => work with { Title = new string('知', 171) });
        Refuse(RejectionReason.Malformed, work => work with { Kind = default });
        Refuse(RejectionReason.Malformed, work => work with { ContentHashes = [] });
        Refuse(RejectionReason.Malformed, work => work with
        {
            ContentHashes = [new ContentHash(HashAlgorithm.Sha512, new byte[32], "")],
        });
        Refuse(RejectionReason.Malformed, work => work with { C2paManifestHash = new byte[31] });
        Refuse(RejectionReason.SharesInvalid, work => work with { Owners = [new OwnerShare("prod", 999_999)] });
        Refuse(RejectionReason.SharesInvalid, work => work with
        {
            Owners = [new OwnerShare("prod", 500_000), new OwnerShare("prod", 500_000)],
        });
        Refuse(RejectionReason.NotAuthorized, work => work with { Owners = [new OwnerShare("prod2", 1_000_000)] });
        Refuse(RejectionReason.UnknownOrganization, work => work with
        {
            Owners = [new OwnerShare("prod", 500_000), new OwnerShare("ghost", 500_000)],
        });
        Refuse(RejectionReason.CoSignatureMissing, work => work with
        {
            Owners = [new OwnerShare("prod", 500_000), new OwnerShare("prod2", 500_000)],
        });
        Refuse(RejectionReason.RoyaltyInvalid, work => work with { Ancestors = [new Ancestor("taken", 1_000_000), new Ancestor("none", 1)] });
        Refuse(RejectionReason.AlreadyExists, work => work with { WorkId = "taken" });
        ledger.Refuse(RejectionReason.CoSignatureInvalid, "prod", SampleCommands.Work() with
        {
            CoSignatures = [SampleSignatures.Of("prod2", "details work")],
        });
        ledger.Refuse(RejectionReason.CoSignatureInvalid, "prod2", SampleRights.SharedWork());

        void Refuse(RejectionReason reason, Func<WorkDetails, WorkDetails> change)
        {
            var command = SampleCommands.Work();
            ledger.Refuse(reason, "prod", command with { Work = change(command.Work) });
        }
    }
}
