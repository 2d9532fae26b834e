using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Who may come to hold a licence.</summary>
internal static class LicenceHolderRules
{
    /// <summary>Exactly one of learner and organisation, in its shape.</summary>
    public static Rejection? CheckShape(string field, LicenceHolder holder) => holder switch
    {
        { OrganizationId: { } id, LearnerPseudonym: null } => Shape.Id(field + ".organization_id", id),
        { OrganizationId: null, LearnerPseudonym: { } learner } => Shape.Pseudonym(field + ".learner_pseudonym", learner),
        _ => Shape.Malformed($"{field}: exactly one of organization_id and learner_pseudonym is required."),
    };

    /// <summary>An organisation is a member, and the holder has room for another active licence of the work.</summary>
    public static Rejection? CheckMayHold(string field, LicenceHolder holder, string workId, CommandContext context)
    {
        if (holder.OrganizationId is { } id
            && context.State.Membership.CheckKnown(field + ".organization_id", id) is { } unknown)
        {
            return unknown;
        }

        var active = context.State.Licences.Active(holder, workId, context.OrderedAtMicros).Count();
        return active < EngineLimits.LicencesPerHolderAndWorkMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"{field}: holds {EngineLimits.LicencesPerHolderAndWorkMax} active licences of the work, the most; let one end first.");
    }
}
