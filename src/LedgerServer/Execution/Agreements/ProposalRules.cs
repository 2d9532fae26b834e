using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// What a proposal must meet in the state. Nobody may bind or displace who has not signed: a work's owners and a scope's
/// producer are parties, and a later version names everyone of the active one, and of a terminated one that has not ended
/// yet, with 0 ppm where they leave.
/// </summary>
internal static class ProposalRules
{
    /// <summary>
    /// Order: parties known, in their role, with usable accounts and limits in declared currencies; proposer a party; version; scope unchanged, known, with
    /// those it concerns among the parties; proposer a party of the version before; all of the active version named; times; number of active versions.
    /// </summary>
    public static Rejection? Check(AgreementTerms terms, CommandContext context) =>
        Shape.Each(terms.Splits, (split, s) => Shape.Each(split.Parties, (party, i) =>
            CheckParty(FormattableString.Invariant($"terms.splits[{s}].parties[{i}]"), party, context)))
        ?? CheckIsParty("organization_id", context.Submitter, terms)
        ?? CheckVersion(terms, context.State.Agreements)
        ?? CheckScopeUnchanged(terms, context.State.Agreements)
        ?? CheckScopeParties(terms, context.State)
        ?? CheckSuccession(terms, context)
        ?? CheckTimes(terms, context.OrderedAtMicros)
        ?? CheckActive(terms, context);

    /// <summary>Whether the window is not empty and not over.</summary>
    public static Rejection? CheckTimes(AgreementTerms terms, long now) =>
        terms.EffectiveUntilMicros is null
        || (terms.EffectiveUntilMicros > now
            && (terms.EffectiveFromMicros is null || terms.EffectiveFromMicros < terms.EffectiveUntilMicros))
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid,
                $"terms.effective_until: must be after effective_from and after the order's time; propose a later one.");

    // One that starts at once ends all before it; its receipt must hold them.
    private static Rejection? CheckActive(AgreementTerms terms, CommandContext context) =>
        terms.EffectiveFromMicros is null
        || terms.EffectiveFromMicros <= context.OrderedAtMicros
        || context.State.Agreements.VersionsOf(terms.AgreementId).Count(version => version.Status == AgreementStatus.Active)
            < EngineLimits.ActiveVersionsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"terms.effective_from: {EngineLimits.ActiveVersionsMax} versions are active, the most; end one, or start this one at once.");

    /// <summary>Whether an organisation is among the parties.</summary>
    public static bool IsParty(AgreementTerms terms, string organizationId) =>
        terms.Splits.Any(split => split.Parties.Any(party =>
            string.Equals(party.OrganizationId, organizationId, StringComparison.Ordinal)));

    private static Rejection? CheckParty(string field, Party party, CommandContext context)
    {
        var members = context.State.Membership;
        if (members.CheckKnown(field + ".organization_id", party.OrganizationId) is { } unknown)
        {
            return unknown;
        }

        if (!members.FindOrganization(party.OrganizationId)!.Roles.Contains(party.Role))
        {
            return Rejection.Because(
                RejectionReason.RoleMissing, $"{field}.role: {party.OrganizationId} does not hold {party.Role}.");
        }

        return (party.AccountId.Length == 0
                ? null
                : CheckAccount(field + ".account_id", party, context.State.Accounts))
            ?? CheckLimit(field + ".cap_per_sale", party.CapPerSale, context)
            ?? CheckLimit(field + ".floor_per_sale", party.FloorPerSale, context)
            ?? CheckLimit(field + ".minimum_guarantee", party.MinimumGuarantee, context);
    }

    private static Rejection? CheckLimit(string field, Money? limit, CommandContext context) =>
        limit is { } amount ? context.State.Currencies.CheckPositive(field, amount) : null;

    private static Rejection? CheckAccount(string field, Party party, AccountTable accounts)
    {
        var account = accounts.Find(party.AccountId);
        if (AccountChecks.Known(field, account) is { } unknown)
        {
            return unknown;
        }

        return AccountChecks.IsOwnedBy(account!, party.OrganizationId)
            ? AccountChecks.Kind(field, account!, AccountKind.Wallet, AccountKind.Revenue)
            : Rejection.Because(
                RejectionReason.NotAuthorized, $"{field}: not an account of {party.OrganizationId}; name one of its own.");
    }

    private static Rejection? CheckIsParty(string field, string organizationId, AgreementTerms terms) =>
        IsParty(terms, organizationId)
            ? null
            : Rejection.Because(
                RejectionReason.NotAParty,
                $"{field}: {organizationId} must be among the parties of a split, with 0 ppm where it gets nothing.");

    private static Rejection? CheckVersion(AgreementTerms terms, AgreementTable agreements)
    {
        var next = (agreements.FindNewest(terms.AgreementId)?.Terms.Version ?? 0) + 1;
        if (terms.Version != next)
        {
            return Rejection.Because(
                RejectionReason.AgreementVersionInvalid,
                $"terms.version: the next version of this agreement is {next}, not {terms.Version}; propose that.");
        }

        return next <= EngineLimits.AgreementVersionsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"terms.version: an agreement has at most {EngineLimits.AgreementVersionsMax} versions; start another.");
    }

    private static Rejection? CheckScopeUnchanged(AgreementTerms terms, AgreementTable agreements)
    {
        var newest = agreements.FindNewest(terms.AgreementId);
        return newest is null || newest.Terms.Scope == terms.Scope
            ? null
            : Rejection.Because(
                RejectionReason.AgreementScopeChanged,
                $"terms.scope: all versions cover the same; keep version 1's scope or start another agreement.");
    }

    private static Rejection? CheckScopeParties(AgreementTerms terms, LedgerState state)
    {
        if (terms.Scope.ProducerOrganizationId is { } producer)
        {
            return state.Membership.CheckKnown("terms.scope.producer_organization_id", producer)
                ?? CheckIsParty("terms.scope.producer_organization_id", producer, terms);
        }

        if (terms.Scope.WorkId is not { } workId)
        {
            return null;
        }

        var work = state.Works.Find(workId);
        return WorkTable.CheckKnown("terms.scope.work_id", work)
            ?? Shape.Each(work!.Details.Owners, (owner, _) =>
                CheckIsParty("terms.scope.work_id", owner.OrganizationId, terms));
    }

    private static Rejection? CheckSuccession(AgreementTerms terms, CommandContext context)
    {
        var versions = context.State.Agreements.VersionsOf(terms.AgreementId);
        if (versions.Count > 0 && !IsParty(versions[^1].Terms, context.Submitter))
        {
            return Rejection.Because(
                RejectionReason.NotAParty,
                $"terms.agreement_id: {context.Submitter} is not a party of version {versions.Count}; start another agreement.");
        }

        foreach (var binding in versions.Where(version => version.BindsAfter(context.OrderedAtMicros)))
        {
            var rejection = Shape.Each(binding.Terms.Splits, (split, _) => Shape.Each(split.Parties, (party, _) =>
                CheckIsParty("terms.version", party.OrganizationId, terms)));
            if (rejection is not null)
            {
                return rejection;
            }
        }

        return null;
    }
}
