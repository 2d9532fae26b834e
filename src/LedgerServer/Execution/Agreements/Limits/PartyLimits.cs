namespace KpGrpc.LedgerServer.Execution.Agreements.Limits;

/// <summary>
/// Whether the caps, floors and guarantees of a split can be kept, whatever the state and the amounts to come. Order, each
/// for all parties: floor within cap, guarantor with guarantee and a party other than the guaranteed one, caps and floors
/// in one currency, somebody left who takes what is above the caps.
/// </summary>
internal static class PartyLimits
{
    /// <summary>Checks one split of terms.</summary>
    /// <param name="terms">The terms; a guarantor may be a party of any of their splits.</param>
    /// <param name="split">The split.</param>
    /// <param name="field">Field of the split, for the message.</param>
    public static Rejection? Check(AgreementTerms terms, SplitTerms split, string field)
    {
        foreach (var party in split.Parties)
        {
            if (CheckParty(terms, party, field) is { } rejection)
            {
                return rejection;
            }
        }

        return CheckOneCurrency(split, field) ?? CheckUncapped(split, field);
    }

    private static Rejection? CheckParty(AgreementTerms terms, Party party, string field)
    {
        if (party is { CapPerSale: { } cap, FloorPerSale: { } floor } && floor.MinorUnits > cap.MinorUnits)
        {
            return Invalid($"{field}.parties: the floor of {party.OrganizationId} is above its cap; lower the one or raise the other.");
        }

        var hasGuarantor = party.GuarantorOrganizationId.Length > 0;
        if (hasGuarantor != party.MinimumGuarantee is not null)
        {
            return Invalid($"{field}.parties: a minimum guarantee and its guarantor come together; {party.OrganizationId} has one of them.");
        }

        var isOther = !string.Equals(party.GuarantorOrganizationId, party.OrganizationId, StringComparison.Ordinal);
        return !hasGuarantor || (isOther && ProposalRules.IsParty(terms, party.GuarantorOrganizationId))
            ? null
            : Invalid($"{field}.parties: the guarantor of {party.OrganizationId} must be another party of the agreement.");
    }

    // A sale in another currency than its limits could not be held to them, so a split with limits serves one currency.
    private static Rejection? CheckOneCurrency(SplitTerms split, string field)
    {
        var currency = split.LimitCurrency;
        return split.Parties.All(party => IsIn(party.CapPerSale, currency) && IsIn(party.FloorPerSale, currency))
            ? null
            : Invalid($"{field}.parties: caps and floors of one split are in one currency; propose another agreement for each other one.");
    }

    private static Rejection? CheckUncapped(SplitTerms split, string field) =>
        split.Parties.Any(party => party is { Ppm: > 0, CapPerSale: null })
            ? null
            : Invalid($"{field}.parties: a party with a share must be without a cap, to take what is above the others' caps.");

    private static bool IsIn(Money? limit, string? currency) =>
        limit is null || string.Equals(limit.Value.CurrencyCode, currency, StringComparison.Ordinal);

    private static Rejection Invalid(FormattableString message) =>
        Rejection.Because(RejectionReason.AgreementLimitsInvalid, message);
}
