using KpGrpc.LedgerServer.Execution.Agreements.Limits;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Whether terms are well formed by themselves, whatever the state. Order: ranges, each kind of revenue once, then by split
/// <see cref="PartyLimits"/> and shares.
/// </summary>
internal static class AgreementShape
{
    /// <summary>Checks terms.</summary>
    public static Rejection? Check(AgreementTerms terms) =>
        CheckRanges(terms)
        ?? Shape.Each(terms.Splits, CheckSplitRanges)
        ?? CheckRevenueKinds(terms.Splits)
        ?? Shape.Each(terms.Splits, (split, i) => PartyLimits.Check(terms, split, FieldOf(i)) ?? CheckShares(split, FieldOf(i)));

    private static string FieldOf(int split) => FormattableString.Invariant($"terms.splits[{split}]");

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
        var field = FieldOf(index);
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
        ?? Shape.OptionalId(field + ".guarantor_organization_id", party.GuarantorOrganizationId)
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

    private static Rejection? CheckRevenueKinds(IReadOnlyList<SplitTerms> splits)
    {
        var seen = new HashSet<RevenueKind>();
        return Shape.Each(splits, (split, i) => seen.Add(split.RevenueKind)
            ? null
            : Shape.Malformed($"terms.splits[{i}].revenue_kind: {split.RevenueKind} has a split already; each kind has one at most."));
    }

    private static Rejection? CheckShares(SplitTerms split, string field)
    {
        var sum = 0UL;
        var seen = new HashSet<(string, Role)>();
        foreach (var party in split.Parties)
        {
            sum += party.Ppm;
            if (!seen.Add((party.OrganizationId, party.Role)))
            {
                return Rejection.Because(
                    RejectionReason.SharesInvalid,
                    $"{field}.parties: {party.OrganizationId} comes twice as {party.Role}; add its shares up.");
            }
        }

        return sum == EngineLimits.WholePpm
            ? null
            : Rejection.Because(
                RejectionReason.SharesInvalid,
                $"{field}.parties: the shares sum to {sum} ppm; they must sum to exactly {EngineLimits.WholePpm}.");
    }
}
