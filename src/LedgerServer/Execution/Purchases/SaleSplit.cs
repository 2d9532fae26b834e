using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>Divides a price among the parties of an agreement version.</summary>
internal static class SaleSplit
{
    /// <summary>The parts in declared order, each with the account that it credits.</summary>
    public static SplitResult Of(AgreementVersion agreement, Money price)
    {
        var split = agreement.Terms.Splits[0];
        var weights = split.Parties.Select(party => party.Ppm).ToArray();
        var parts = SplitCalculator.Split((UInt128)price.MinorUnits, weights, split.Rounding, DustIndexOf(split));
        return new SplitResult
        {
            AgreementId = agreement.Terms.AgreementId,
            AgreementVersion = agreement.Terms.Version,
            RevenueKind = split.RevenueKind,
            Rounding = split.Rounding,
            Amount = price,
            Lines = [.. split.Parties.Select((party, i) => LineOf(party, price with { MinorUnits = (long)parts[i] }))],
        };
    }

    private static SplitLine LineOf(Party party, Money part) =>
        new(
            party.OrganizationId,
            party.Role,
            party.Ppm,
            part,
            party.AccountId.Length > 0
                ? party.AccountId
                : RevenueAccounts.IdOf(party.OrganizationId, part.CurrencyCode));

    // Where the organisation is paid in two roles, the first declared one gets the rest.
    private static int DustIndexOf(SplitTerms split)
    {
        for (var i = 0; i < split.Parties.Count; i++)
        {
            if (string.Equals(split.Parties[i].OrganizationId, split.DustOrganizationId, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return 0;
    }
}
