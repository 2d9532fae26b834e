using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Order of checks: shape, id new, work known, not in dispute. Anybody who trades may claim: a wrong claim is dismissed by
/// vote, and a claimant who only harms is suspended.
/// </summary>
internal sealed class OpenDisputeHandler()
    : CommandHandler<OpenDispute>(CommandKind.OpenDispute, RoleGroups.TradingOrRegulator)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(OpenDispute body, CommandContext context)
    {
        var work = context.State.Works.Find(body.WorkId);
        var rejection = CheckShape(body)
            ?? CheckNew(body.DisputeId, context.State.Disputes)
            ?? WorkTable.CheckKnown("work_id", work)
            ?? WorkTable.CheckUndisputed("work_id", work!);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Disputes.Add(new Dispute
        {
            DisputeId = body.DisputeId,
            WorkId = body.WorkId,
            ClaimantOrganizationId = context.Submitter,
            Claim = body.Claim,
            OpenedAtSequence = context.Sequence,
        });
        context.State.Works.Update(work! with { OpenDisputeId = body.DisputeId });
        context.Record(new DisputeOpened(body.DisputeId, body.WorkId));
        return null;
    }

    private static Rejection? CheckShape(OpenDispute body) =>
        Shape.Id("dispute_id", body.DisputeId)
        ?? Shape.Range("dispute_id.length", body.DisputeId.Length, 1, EngineLimits.DisputeIdLengthMax)
        ?? Shape.Id("work_id", body.WorkId)
        ?? Shape.Text("claim", body.Claim, 1, 2048)
        ?? Shape.Range("evidence_hashes.count", body.EvidenceHashes.Count, 0, 32)
        ?? Shape.Each(body.EvidenceHashes, (hash, i) => Shape.Range($"evidence_hashes[{i}].length", hash.Length, 32, 32));

    private static Rejection? CheckNew(string disputeId, DisputeTable disputes) =>
        disputes.Find(disputeId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"dispute_id: {disputeId} was opened before; choose another id.");
}
