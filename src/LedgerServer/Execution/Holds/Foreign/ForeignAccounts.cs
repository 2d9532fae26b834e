namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>
/// Counter-accounts of other ledgers. Their ids are <c>foreign/LEDGER/CURRENCY</c> and no other account's begin so: a
/// receipt that names one tells which ledger money went to or came from, and in which currency.
/// </summary>
internal static class ForeignAccounts
{
    private const string Prefix = "foreign/";

    /// <summary>The id of the counter-account of a ledger in a currency.</summary>
    public static string IdOf(string ledgerId, string currencyCode) => string.Concat(Prefix, ledgerId, "/", currencyCode);

    /// <summary>Whether an id is reserved for counter-accounts.</summary>
    public static bool IsReserved(string accountId) => accountId.StartsWith(Prefix, StringComparison.Ordinal);
}
