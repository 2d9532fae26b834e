using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Disputes;

/// <summary>
/// Two equal votes decide where the genesis says 2. An engine refuses such a genesis, since changes of membership need one
/// approval only, so the handlers run on a state without it.
/// </summary>
public sealed class TwoVotesTests
{
    private readonly TestLedger _commands = new();
    private readonly LedgerState _state = new(TestLedger.NewGenesis() with { ApprovalsNeeded = 2 });

    public TwoVotesTests()
    {
        Accept("prod", SampleCommands.Work());
        Accept("prod2", SampleDisputes.Open());
    }

    [Fact]
    public void Execute_SecondEqualVote_Decides()
    {
        Assert.Equal(["DisputeVoted"], Accept("op", SampleDisputes.Uphold()));
        Assert.Equal(("dispute", DisputeStatus.Open), (Work.OpenDisputeId, Dispute.Status));
        Assert.Equal(["prod"], Work.Details.Owners.Select(owner => owner.OrganizationId));

        Assert.Equal(["DisputeVoted", "DisputeResolved"], Accept("reg", SampleDisputes.Uphold()));

        Assert.Equal(("", DisputeStatus.Upheld), (Work.OpenDisputeId, Dispute.Status));
        Assert.Equal(["prod2"], Work.Details.Owners.Select(owner => owner.OrganizationId));
    }

    [Fact]
    public void Execute_SameVoteAgain_IsRefused()
    {
        Accept("op", SampleDisputes.Dismiss());

        var (rejection, effects) = Execute("op", SampleDisputes.Dismiss());

        Assert.Equal(RejectionReason.DisputeAlreadyVoted, rejection!.Reason);
        Assert.Empty(effects);
        Assert.Equal(DisputeStatus.Open, Dispute.Status);
    }

    [Fact]
    public void Execute_OtherWishes_DecideOnlyOnceTwoAreEqual()
    {
        Accept("op", SampleDisputes.Uphold());
        Assert.Equal(["DisputeVoted"], Accept("reg", SampleDisputes.Uphold(owners: [new OwnerShare("plat", 1_000_000)])));
        Assert.Equal(["DisputeVoted"], Accept("reg", SampleDisputes.Dismiss()));
        Assert.Equal(2, Dispute.Votes.Count);

        Assert.Equal(["DisputeVoted", "DisputeResolved"], Accept("op", SampleDisputes.Dismiss()));

        Assert.Equal(DisputeStatus.Dismissed, Dispute.Status);
        Assert.Equal(["prod"], Work.Details.Owners.Select(owner => owner.OrganizationId));
    }

    private Work Work => _state.Works.Find("work")!;

    private Dispute Dispute => _state.Disputes.Find("dispute")!;

    private string[] Accept(string by, CommandBody body)
    {
        var (rejection, effects) = Execute(by, body);
        Assert.True(rejection is null, $"{rejection}");
        return [.. effects.Select(effect => effect.GetType().Name)];
    }

    private (Rejection? Rejection, IReadOnlyList<Effect> Effects) Execute(string by, CommandBody body)
    {
        var command = _commands.Command(by, body);
        var context = new CommandContext(
            _state, command, _state.NextSequence, TestLedger.Start, new CoSignatureRules("test-net", "main", new SampleSignatures()));
        var rejection = HandlerTable.Find(body.Kind)!.Execute(context);
        _state.Advance(command, context.Sequence, TestLedger.Start);
        return (rejection, context.Effects);
    }
}
