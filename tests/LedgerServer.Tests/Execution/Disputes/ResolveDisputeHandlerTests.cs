using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Disputes;

public sealed class ResolveDisputeHandlerTests
{
    [Fact]
    public void Execute_Dismissed_PaysEachWhatItEarned()
    {
        var ledger = Disputed();

        var receipt = ledger.Accept("op", SampleDisputes.Dismiss());

        Assert.Equal([("escrow/dispute/EUR", 7_005L), ("revenue/prod/EUR", 7_005)], Moves(receipt));
        Assert.All(receipt.Effects.OfType<Posting>(), posting => Assert.Equal(PostingReason.Escrow, posting.Reason));
        Assert.Equal(DisputeStatus.Dismissed, ledger.State.Disputes.Find("dispute")!.Status);
        Assert.Equal("", ledger.State.Works.Find("work")!.OpenDisputeId);
        Assert.Empty(ledger.State.Disputes.EscrowOf("dispute"));
        ledger.Accept("prod2", SampleDisputes.Open("second"));
    }

    [Fact]
    public void Execute_Upheld_PaysTheNewOwnersByTheirShares()
    {
        var ledger = Disputed();

        var receipt = ledger.Accept("op", SampleDisputes.Uphold(
            owners: [new OwnerShare("tech", 333_333), new OwnerShare("prod2", 666_667)]));

        Assert.Equal([("escrow/dispute/EUR", 7_005L), ("revenue/prod2/EUR", 4_670), ("revenue/tech/EUR", 2_335)], Moves(receipt));
        Assert.Equal(
            [nameof(DisputeVoted), nameof(AccountOpened), nameof(Posting), nameof(Posting), nameof(Posting), nameof(DisputeResolved)],
            receipt.Effects.Select(effect => effect.GetType().Name));
        Assert.Equal(["prod2", "tech"], ledger.State.Works.Find("work")!.Details.Owners.Select(owner => owner.OrganizationId));
        ledger.Now += 30 * OrderTime.MicrosPerDay;
        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat", SampleCommands.Purchase("again"));
    }

    [Fact]
    public void Execute_NothingInEscrow_ResolvesWithoutPostings()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleDisputes.Open());

        var receipt = ledger.Accept("reg", SampleDisputes.Dismiss());

        Assert.Equal([typeof(DisputeVoted), typeof(DisputeResolved)], receipt.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = Disputed();

        ledger.Refuse(RejectionReason.RoleMissing, "prod", SampleDisputes.Dismiss());
        ledger.Refuse(RejectionReason.Malformed, "op", new ResolveDispute("dispute", false, [new OwnerShare("prod", 1_000_000)]));
        ledger.Refuse(RejectionReason.Malformed, "op", new ResolveDispute("dispute", true, []));
        ledger.Refuse(RejectionReason.SharesInvalid, "op", SampleDisputes.Uphold(owners: [new OwnerShare("prod2", 999_999)]));
        ledger.Refuse(RejectionReason.UnknownDispute, "op", SampleDisputes.Dismiss("none"));
        ledger.Refuse(RejectionReason.NotAuthorized, "op", SampleDisputes.Uphold(owners: [new OwnerShare("op", 1_000_000)]));
        ledger.Refuse(RejectionReason.UnknownOrganization, "op", SampleDisputes.Uphold(owners: [new OwnerShare("ghost", 1_000_000)]));
        ledger.Accept("op", SampleDisputes.Dismiss());
        ledger.Refuse(RejectionReason.DisputeNotOpen, "reg", SampleDisputes.Dismiss());
    }

    [Fact]
    public void Execute_ByTheClaimant_IsNotAuthorized()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("op", SampleDisputes.Open());

        ledger.Refuse(RejectionReason.NotAuthorized, "op", SampleDisputes.Uphold());
    }

    private static TestLedger Disputed()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleDisputes.Open());
        ledger.Accept("plat", SampleCommands.Purchase());
        return ledger;
    }

    private static IEnumerable<(string, long)> Moves(Receipt receipt) =>
        receipt.Effects.OfType<Posting>().Select(posting => (posting.AccountId, posting.Amount.MinorUnits));
}
