namespace KpGrpc.LedgerServer.Execution.Agreements.Limits;

/// <summary>
/// A party's minimum guarantee of a settlement period: a pure function of the terms and of what the party earned, so that
/// whoever closes the period asks here and pays what comes back. A guarantee belongs to one party of one split: it counts
/// what that line of the split earned in that currency in the period under this agreement, whatever its version, less what
/// was given back.
/// </summary>
/// <param name="RevenueKind">The split that it stands in.</param>
/// <param name="Party">Who is guaranteed.</param>
/// <param name="Amount">The least of a period, above 0.</param>
/// <param name="GuarantorOrganizationId">The other party, which pays the gap.</param>
internal sealed record MinimumGuarantee(RevenueKind RevenueKind, Party Party, Money Amount, string GuarantorOrganizationId)
{
    /// <summary>The guarantees of a version, in the order of its splits and parties; empty where it has none.</summary>
    public static IReadOnlyList<MinimumGuarantee> Of(AgreementVersion version) =>
    [
        .. version.Terms.Splits.SelectMany(split => split.Parties
            .Where(party => party.MinimumGuarantee is not null)
            .Select(party => new MinimumGuarantee(
                split.RevenueKind, party, party.MinimumGuarantee!.Value, party.GuarantorOrganizationId))),
    ];

    /// <summary>What the guarantor owes for a period; 0 where the guarantee is met.</summary>
    /// <param name="earnedMinorUnits">What the party earned in the period; below 0 where it gave back more than it got.</param>
    public Money GapOf(Int128 earnedMinorUnits)
    {
        // A party that gave back more than it earned is guaranteed the amount, not the debt on top.
        var counted = Int128.Clamp(earnedMinorUnits, 0, Amount.MinorUnits);
        return Amount with { MinorUnits = (long)(Amount.MinorUnits - counted) };
    }
}
