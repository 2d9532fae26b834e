using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Whether terms are well formed by themselves, whatever the state. Order: ranges, kinds of revenue served, limits not
/// served, shares.
/// </summary>
internal static class AgreementShape
{
    /// <summary>Checks terms.</summary>
    public static Rejection? Check(AgreementTerms terms) =>
        CheckRanges(terms)
        ?? Shape.Each(terms.Splits, CheckSplitRanges)
        ?? CheckRevenueKinds(terms.Splits)
        ?? Shape.Each(terms.Splits[0].Parties, CheckLimits)
        ?? CheckShares(terms.Splits[0].Parties);

    private static Rejection? CheckRanges(AgreementTerms terms) =>
        Shape.Id("terms.agreement_id", terms.AgreementId)
        ?? CheckScope(terms.Scope)
        ?? Shape.Range("terms.splits.count", terms.Splits.Count, 1, 4)
        ?? Shape.Time("terms.effective_from", terms.EffectiveFromMicros)
        ?? Shape.Time("terms.effective_until", terms.EffectiveUntilMicros)
        ?? Shape.Text("terms.terms_uri", terms.TermsUri, 0, 2048)
        ?? Shape.DigestOrNone("terms.legal_text_hash", terms.LegalTextHash);

    private static Rejection? CheckScope(AgreementScope scope) => scope switch
    {
        { ProducerOrganizationId: not null, WorkId: not null } =>
            Shape.Malformed($"terms.scope: exactly one of default, producer and work; leave the others out."),
        { ProducerOrganizationId: { } producer } => Shape.Id("terms.scope.producer_organization_id", producer),
        { WorkId: { } work } => Shape.Id("terms.scope.work_id", work),
        _ => null,
    };

    private static Rejection? CheckSplitRanges(SplitTerms split, int index)
    {
        var field = FormattableString.Invariant($"terms.splits[{index}]");
        return Shape.Defined(field + ".revenue_kind", split.RevenueKind)
            ?? Shape.Range(field + ".parties.count", split.Parties.Count, 1, EngineLimits.PartiesMax)
            ?? Shape.Each(split.Parties, (party, i) =>
                CheckPartyRanges(FormattableString.Invariant($"{field}.parties[{i}]"), party))
            ?? Shape.Defined(field + ".rounding", split.Rounding)
            ?? CheckDust(field, split);
    }

    private static Rejection? CheckPartyRanges(string field, Party party) =>
        Shape.Id(field + ".organization_id", party.OrganizationId)
        ?? (RoleGroups.Paid.Contains(party.Role)
            ? null
            : Shape.Malformed($"{field}.role: one of {RoleGroups.Paid} is required."))
        ?? Shape.Range(field + ".ppm", party.Ppm, 0, EngineLimits.WholePpm)
        ?? Shape.OptionalId(field + ".account_id", party.AccountId);

    private static Rejection? CheckDust(string field, SplitTerms split)
    {
        if (split.Rounding != RoundingRule.FloorThenDust)
        {
            return split.DustOrganizationId.Length == 0
                ? null
                : Shape.Malformed($"{field}.dust_organization_id: only FLOOR_THEN_DUST uses it; leave it empty.");
        }

        return split.Parties.Any(p => string.Equals(p.OrganizationId, split.DustOrganizationId, StringComparison.Ordinal))
            ? null
            : Shape.Malformed($"{field}.dust_organization_id: must name one of the parties under FLOOR_THEN_DUST.");
    }

    private static Rejection? CheckRevenueKinds(IReadOnlyList<SplitTerms> splits) =>
        splits.Count == 1 && splits[0].RevenueKind == RevenueKind.Sale
            ? null
            : Rejection.Because(
                RejectionReason.RevenueKindWrong,
                $"terms.splits: only one split, of SALE revenue, is served yet; propose that one alone.");

    private static Rejection? CheckLimits(Party party, int index) =>
        party.HasLimits
            ? Rejection.Because(
                RejectionReason.AgreementLimitsInvalid,
                $"terms.splits[0].parties[{index}]: caps, floors and minimum guarantees are not served yet; leave them out.")
            : null;

    private static Rejection? CheckShares(IReadOnlyList<Party> parties)
    {
        var sum = 0UL;
        var seen = new HashSet<(string, Role)>();
        foreach (var party in parties)
        {
            sum += party.Ppm;
            if (!seen.Add((party.OrganizationId, party.Role)))
            {
                return Rejection.Because(
                    RejectionReason.SharesInvalid,
                    $"terms.splits[0].parties: {party.OrganizationId} comes twice as {party.Role}; add its shares up.");
            }
        }

        return sum == EngineLimits.WholePpm
            ? null
            : Rejection.Because(
                RejectionReason.SharesInvalid,
                $"terms.splits[0].parties: the shares sum to {sum} ppm; they must sum to exactly {EngineLimits.WholePpm}.");
    }
}
