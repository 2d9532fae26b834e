using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Tests.Execution.Governance;

public sealed class ApproveChangeHandlerTests
{
    [Fact]
    public void ApproveChange_LastApprovalNeeded_MakesTheChangeInItsReceipt()
    {
        var ledger = Council.New();
        var proposal = ledger.Accept("op", Council.Dollar);
        var hash = proposal.CommandHash;

        Assert.Equal([new ChangeProposed(hash, 2), new ChangeVoted(hash, "op", false, false)], proposal.Effects);
        Assert.Null(ledger.State.Currencies.Find("USD"));
        var receipt = ledger.Accept("reg", new ApproveChange(hash, false));

        Assert.Equal([new ChangeVoted(hash, "reg", false, true), new CurrencyDeclared(new CurrencyDefinition("USD", 2))], receipt.Effects);
        Assert.NotNull(ledger.State.Currencies.Find("USD"));
        Assert.Empty(ledger.State.Changes.Pending);
        ledger.Refuse(RejectionReason.ChangeAlreadyDecided, "op2", new ApproveChange(hash, false));
    }

    [Fact]
    public void ApproveChange_Faults_AreRefused()
    {
        var ledger = Council.New();
        var hash = ledger.Propose("op", Council.Dollar);

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new ApproveChange(hash, false));
        ledger.Refuse(RejectionReason.Malformed, "op2", new ApproveChange(null, false));
        ledger.Refuse(RejectionReason.UnknownChange, "op2", new ApproveChange(TestLedger.Hash("other"), false));
        ledger.Refuse(RejectionReason.ChangeAlreadyVoted, "op", new ApproveChange(hash, false));
        ledger.Refuse(RejectionReason.ChangeAlreadyVoted, "op", new ApproveChange(hash, true));
    }

    [Fact]
    public void ApproveChange_TooFewVotesLeft_ChangeDies()
    {
        var ledger = Council.New();
        var hash = ledger.Propose("op", Council.Dollar);

        ledger.Accept("op2", new ApproveChange(hash, true));
        Assert.Single(ledger.State.Changes.Pending);
        var receipt = ledger.Accept("reg", new ApproveChange(hash, true));

        Assert.Equal([new ChangeVoted(hash, "reg", true, false)], receipt.Effects);
        Assert.Empty(ledger.State.Changes.Pending);
        Assert.Contains("died", ledger.Refuse(RejectionReason.ChangeAlreadyDecided, "reg", new ApproveChange(hash, false)).Message);
    }

    [Fact]
    public void ApproveChange_ChangeThatHasBecomeImpossible_IsRejectedAndSaysSo()
    {
        var ledger = Council.New();
        var first = ledger.Propose("op", Council.Dollar);
        var second = ledger.Propose("op", Council.Dollar);
        ledger.Accept("reg", new ApproveChange(first, false));

        var rejection = ledger.Refuse(RejectionReason.AlreadyExists, "reg", new ApproveChange(second, false));

        Assert.StartsWith("change_hash: the change cannot take effect at this place: currency_code:", rejection.Message);
        Assert.Single(ledger.State.Changes.Pending);
    }

    [Fact]
    public void ApproveChange_AfterThirtyDays_IsDead()
    {
        var ledger = Council.New();
        var hash = ledger.Propose("op", Council.Dollar);

        ledger.Now += EngineLimits.PendingChangeMicrosMax + 1;

        ledger.Refuse(RejectionReason.ChangeAlreadyDecided, "reg", new ApproveChange(hash, false));
        ledger.Propose("op", Council.Dollar);
        Assert.Single(ledger.State.Changes.Pending);
        Assert.False(Assert.Single(ledger.State.Changes.Decided).Applied);
    }

    [Fact]
    public void ApproveChange_VoterSuspendedSince_DoesNotCount()
    {
        var ledger = Council.New();
        var hash = ledger.Propose("op", Council.Dollar);
        var suspension = ledger.Propose("op2", new SuspendOrganization("op", "lost its keys"));
        ledger.Accept("reg", new ApproveChange(suspension, false));

        ledger.Refuse(RejectionReason.OrganizationSuspended, "op", new ApproveChange(hash, false));
        ledger.Accept("reg", new ApproveChange(hash, false));
        Assert.Equal(["reg"], Assert.Single(ledger.State.Changes.Pending).ApprovedBy);
        ledger.Accept("op2", new ApproveChange(hash, false));
        Assert.NotNull(ledger.State.Currencies.Find("USD"));
    }

    [Fact]
    public void Propose_AboveTheLimits_IsRefused()
    {
        var ledger = Council.New(approvalsNeeded: 3);
        for (var i = 0; i < EngineLimits.PendingChangesPerOrganizationMax; i++)
        {
            ledger.Propose("op", Council.Dollar);
        }

        ledger.Refuse(RejectionReason.LimitReached, "op", Council.Dollar);
        ledger.Now += EngineLimits.PendingChangeMicrosMax + 1;
        ledger.Propose("op", Council.Dollar);
    }
}
