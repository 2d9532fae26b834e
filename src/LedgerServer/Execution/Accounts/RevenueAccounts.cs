using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// Accounts of earned shares. Nobody opens them: the first credit does. Their ids are <c>revenue/ORGANISATION/CURRENCY</c>,
/// and ids that begin so are refused elsewhere, so that nobody can take another's.
/// </summary>
internal static class RevenueAccounts
{
    private const string Prefix = "revenue/";

    /// <summary>The id of an organisation's revenue account in a currency.</summary>
    public static string IdOf(string organizationId, string currencyCode) =>
        string.Concat(Prefix, organizationId, "/", currencyCode);

    /// <summary>Whether an id is reserved for revenue accounts.</summary>
    public static bool IsReserved(string accountId) => accountId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The account as the first credit opens it.</summary>
    public static Account New(string organizationId, Money amount, CommandContext context) => new()
    {
        AccountId = IdOf(organizationId, amount.CurrencyCode),
        Owner = AccountOwner.Organization(organizationId),
        Kind = AccountKind.Revenue,
        CurrencyCode = amount.CurrencyCode,
        Exponent = amount.Exponent,
        Limits = default,
        OpenedAtSequence = context.Sequence,
        OpenedByOrganizationId = context.Submitter,
    };
}
