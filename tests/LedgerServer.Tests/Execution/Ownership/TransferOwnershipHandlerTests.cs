using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Ownership;

public sealed class TransferOwnershipHandlerTests
{
    [Fact]
    public void Execute_PartOfAShare_MakesTheReceiverTheLastOwner()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());

        var receipt = ledger.Accept("prod", SampleRights.Pass("prod", "prod2", 250_000));

        Assert.Equal(new OwnershipTransferred("work", "prod", "prod2", 250_000), Assert.Single(receipt.Effects));
        Assert.Equal([new OwnerShare("prod", 750_000), new OwnerShare("prod2", 250_000)], Owners(ledger, "work"));
        Assert.Equal(TestLedger.Hash("details work"), ledger.State.Works.Find("work")!.DetailsHash);
    }

    [Fact]
    public void Execute_WholeShareToAnOwner_LeavesOneOwner()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleRights.SharedWork());

        ledger.Accept("prod", SampleRights.Pass("prod", "prod2", 500_000, "shared"));

        Assert.Equal([new OwnerShare("prod2", 1_000_000)], Owners(ledger, "shared"));
    }

    [Fact]
    public void Execute_AfterAPassedShare_SellsOnlyUnderAnAgreementOfTheNewOwners()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleRights.Pass("prod", "prod2", 1));

        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat", SampleCommands.Purchase());

        ledger.Accept("prod", SampleCommands.Agreement("second", 1,
            SampleCommands.Party("prod", Role.Producer, 600_000),
            SampleCommands.Party("prod2", Role.Producer, 100_000),
            SampleCommands.Party("plat", Role.Platform, 300_000)));
        ledger.Accept("prod2", SampleCommands.Acceptance("second"));
        ledger.Accept("plat", SampleCommands.Acceptance("second"));
        ledger.Accept("plat", SampleCommands.Purchase());
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());
        var pass = SampleRights.Pass("prod", "prod2", 250_000);

        ledger.Refuse(RejectionReason.RoleMissing, "aud", pass);
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.Pass("prod", "prod2", 0));
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.Pass("prod", "prod", 1));
        ledger.Refuse(RejectionReason.NotAuthorized, "prod2", pass);
        ledger.Refuse(RejectionReason.UnknownWork, "prod", SampleRights.Pass("prod", "prod2", 1, "none"));
        ledger.Refuse(RejectionReason.InsufficientShare, "prod2", SampleRights.Pass("prod2", "prod", 1));
        ledger.Refuse(RejectionReason.UnknownOrganization, "prod", SampleRights.Pass("prod", "ghost", 1));
        ledger.Refuse(RejectionReason.CoSignatureMissing, "prod", pass with { ReceiverSignature = null });
        ledger.Refuse(
            RejectionReason.CoSignatureInvalid, "prod", pass with { ReceiverSignature = SampleSignatures.Of("plat", "pass") });
        ledger.Refuse(
            RejectionReason.CoSignatureInvalid, "prod", pass with { ReceiverSignature = SampleSignatures.Of("prod2", "other") });
    }

    [Fact]
    public void Execute_OwnerBeyondTheLimit_IsRefused()
    {
        var ledger = new TestLedger();
        for (var i = 1; i <= EngineLimits.OwnersMax; i++)
        {
            ledger.Accept("op", new EnrolOrganization(TestLedger.Organization($"org{i}", Role.Producer)));
        }

        ledger.Accept("prod", SampleCommands.Work());
        for (var i = 1; i < EngineLimits.OwnersMax; i++)
        {
            ledger.Accept("prod", SampleRights.Pass("prod", $"org{i}", 1));
        }

        ledger.Refuse(RejectionReason.LimitReached, "prod", SampleRights.Pass("prod", $"org{EngineLimits.OwnersMax}", 1));
        ledger.Accept("org1", SampleRights.Pass("org1", $"org{EngineLimits.OwnersMax}", 1));
    }

    private static IReadOnlyList<OwnerShare> Owners(TestLedger ledger, string work) =>
        ledger.State.Works.Find(work)!.Details.Owners;
}
