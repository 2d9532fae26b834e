using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Accounts that hold the frozen revenue of a dispute. Nobody opens them: the first credit does. Their ids are
/// <c>escrow/DISPUTE/CURRENCY</c>, and ids that begin so are refused elsewhere. They stand in the name of the organisation
/// that registered the work, but only the ledger's own rules move them.
/// </summary>
internal static class EscrowAccounts
{
    private const string Prefix = "escrow/";

    /// <summary>What the ids of a dispute's escrow accounts begin with.</summary>
    public static string PrefixOf(string disputeId) => string.Concat(Prefix, disputeId, "/");

    /// <summary>The id of a dispute's escrow account in a currency.</summary>
    public static string IdOf(string disputeId, string currencyCode) => PrefixOf(disputeId) + currencyCode;

    /// <summary>Whether an id is reserved for escrow accounts.</summary>
    public static bool IsReserved(string accountId) => accountId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The dispute of an escrow account.</summary>
    public static string DisputeOf(string accountId) =>
        accountId[Prefix.Length..accountId.LastIndexOf('/')];

    /// <summary>The account as the first credit opens it.</summary>
    public static Account New(string disputeId, Work work, Money amount, CommandContext context) => new()
    {
        AccountId = IdOf(disputeId, amount.CurrencyCode),
        Owner = AccountOwner.Organization(work.RegisteredByOrganizationId),
        Kind = AccountKind.Escrow,
        CurrencyCode = amount.CurrencyCode,
        Exponent = amount.Exponent,
        Limits = default,
        OpenedAtSequence = context.Sequence,
        OpenedByOrganizationId = context.Submitter,
    };
}
