using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

/// <summary>Shares, limits and parties of proposed terms in the reference model.</summary>
internal static class ModelTerms
{
    public static string? Check(AgreementTerms terms, ModelState state) =>
        terms.Splits.Select(split => CheckSplit(terms, split)).FirstOrDefault(reason => reason is not null)
        ?? terms.Splits.SelectMany(split => split.Parties).Select(party => CheckParty(party, state))
            .FirstOrDefault(reason => reason is not null);

    private static string? CheckSplit(AgreementTerms terms, SplitTerms split)
    {
        var everybody = terms.Splits.SelectMany(s => s.Parties).Select(p => p.OrganizationId).ToHashSet();
        var limits = split.Parties.SelectMany(p => new[] { p.CapPerSale, p.FloorPerSale }).OfType<Money>().ToList();
        var isInvalid = split.Parties.Any(p => p.FloorPerSale?.MinorUnits > p.CapPerSale?.MinorUnits)
            || split.Parties.Any(p => p.MinimumGuarantee is null != (p.GuarantorOrganizationId == ""))
            || split.Parties.Any(p => p.MinimumGuarantee is not null && p.GuarantorOrganizationId == p.OrganizationId)
            || split.Parties.Any(p => p.MinimumGuarantee is not null && !everybody.Contains(p.GuarantorOrganizationId))
            || limits.Select(limit => limit.CurrencyCode).Distinct().Count() > 1
            || split.Parties.All(p => p.Ppm == 0 || p.CapPerSale is not null);
        if (isInvalid)
        {
            return "AgreementLimitsInvalid";
        }

        var isTwice = split.Parties.DistinctBy(p => (p.OrganizationId, p.Role)).Count() != split.Parties.Count;
        return isTwice || split.Parties.Sum(p => p.Ppm) != 1_000_000 ? "SharesInvalid" : null;
    }

    private static string? CheckParty(Party party, ModelState state)
    {
        if (!state.Organizations.ContainsKey(party.OrganizationId))
        {
            return "UnknownOrganization";
        }

        if (!state.Has(party.OrganizationId, $"{party.Role}"))
        {
            return "RoleMissing";
        }

        return new[] { party.CapPerSale, party.FloorPerSale, party.MinimumGuarantee }.OfType<Money>()
            .Select(limit => CheckMoney(limit, state)).FirstOrDefault(reason => reason is not null);
    }

    private static string? CheckMoney(Money limit, ModelState state)
    {
        if (limit.MinorUnits <= 0)
        {
            return "AmountInvalid";
        }

        if (!state.Currencies.TryGetValue(limit.CurrencyCode, out var exponent))
        {
            return "UnknownCurrency";
        }

        return exponent == limit.Exponent ? null : "ExponentMismatch";
    }
}
