using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Whether licence terms are within the contract's ranges.</summary>
internal static class LicenceTermsShape
{
    /// <summary>Checks the fields in the order of the contract.</summary>
    public static Rejection? Check(string field, LicenceTerms terms) =>
        Shape.Defined($"{field}.use", terms.Use)
        ?? Shape.Range($"{field}.period_days", terms.PeriodDays, 0, 36_500)
        ?? Shape.Range($"{field}.territories.count", terms.Territories.Count, 0, 250)
        ?? Shape.Each(terms.Territories, (code, i) => CheckTerritory(field, terms.Territories, code, i))
        ?? Shape.Range($"{field}.seats", terms.Seats, 0, 1_000_000)
        ?? Shape.Text($"{field}.terms_uri", terms.TermsUri, 0, 2048)
        ?? Shape.DigestOrNone($"{field}.terms_hash", terms.TermsHash);

    private static Rejection? CheckTerritory(string field, IReadOnlyList<string> all, string code, int index)
    {
        var isCode = code.Length == 2 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]);
        return isCode && (index == 0 || string.CompareOrdinal(all[index - 1], code) < 0)
            ? null
            : Shape.Malformed(
                $"{field}.territories[{index}]: ISO 3166-1 alpha-2 codes, ascending, each once; sort and mend the list.");
    }
}
