using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>A member's suspension and new roles, rules that this build does not hold, and a change that needs two.</summary>
internal static class GovernanceSteps
{
    public static IEnumerable<CommandStep> Of(EveryKindLedger ledger) =>
    [
        new("operator", payload => payload.SuspendOrganization = new SuspendOrganization { OrganizationId = MembershipSteps.Visitor, Reason = "unpaid" }),
        new("operator", payload => payload.ReinstateOrganization = new ReinstateOrganization { OrganizationId = MembershipSteps.Visitor }),
        new("operator", payload => payload.ChangeRoles = new ChangeRoles { OrganizationId = MembershipSteps.Visitor, Roles = { Role.Technology } }),
        new(
            "operator",
            payload => payload.ActivateEngine = new ActivateEngine { EngineVersion = 2, FromSequence = 1_000_000 },
            RejectionReason.EngineVersionInvalid),
        new("operator", payload => payload.ChangePolicy = new ChangePolicy
        {
            ApprovalsNeeded = 2,
            ApproverOrganizationIds = { "operator", MembershipSteps.Regulator },
        }),
        new("operator", payload => payload.DeclareCurrency = new DeclareCurrency { CurrencyCode = "GBP", Exponent = 2 }),
        new(MembershipSteps.Regulator, payload => payload.ApproveChange = new ApproveChange
        {
            ChangeHash = ledger.Last.Effects.Single(effect => effect.ChangeProposed is not null).ChangeProposed.ChangeHash,
        }),
    ];
}
