using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Governance;

public sealed class GovernanceAgainstModelPropertyTests
{
    [Fact]
    public void Execute_RandomChangesAndVotes_AgreeWithTheModelAfterEveryCommand() =>
        GovernanceGen.Steps.Array[1, 60].Sample(Run, iter: 3_000, threads: 1);

    private static void Run(Step[] steps)
    {
        var genesis = TestLedger.NewGenesis();
        var ledger = new TestLedger(genesis with
        {
            Organizations = [.. genesis.Organizations, TestLedger.Organization("op2", Role.Operator)],
            ApprovalsNeeded = 2,
        });
        var model = new ReferenceModel();
        model.State.Organizations.Add("op2", ["Operator"]);
        model.State.KeyOwners.Add("k-op2", "op2");
        model.State.Policy = (2, []);
        LedgerEngine? restarted = null;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            restarted ??= i == steps.Length / 2 ? StateBytes.Load(StateBytes.Of(ledger.State)) : null;
            ledger.Now += step.QuarterDaysLater * OrderTime.MicrosPerDay / 4;
            var command = ledger.Command(step.By, Aim(step, ledger.State));
            var before = StateText.Of(ledger.State);

            var receipt = ledger.Run(command);
            restarted?.Execute(command, receipt.Sequence, ledger.Now);

            Assert.Equal(model.Execute(command, ledger.Now), $"executed:{receipt.Rejection?.Reason ?? RejectionReason.None}");
            GovernanceComparison.Compare(model.State, ledger.State);
            if (receipt.Rejection is not null)
            {
                Assert.Empty(receipt.Effects);
                Assert.Equal(before, StateText.Of(ledger.State));
            }
        }

        // A snapshot from the middle goes on as the first engine does.
        Assert.Equal(StateText.Of(ledger.State), StateText.Of(restarted!.State));
    }

    private static CommandBody Aim(Step step, LedgerState state)
    {
        if (step.Body is not ApproveChange vote)
        {
            return step.Body;
        }

        var hashes = state.Changes.Decided.Select(change => change.ChangeHash).Concat(state.Changes.Pending.Select(change => change.ChangeHash)).ToArray();
        return vote with { ChangeHash = hashes.Length > step.Back ? hashes[^(step.Back + 1)] : TestLedger.Hash("nothing") };
    }
}
