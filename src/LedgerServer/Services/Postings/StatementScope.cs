using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Storage.History;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>What a statement is about.</summary>
/// <param name="Accounts">The organisation's accounts of the currency.</param>
/// <param name="Currency">The currency.</param>
/// <param name="From">First sequence, inclusive.</param>
/// <param name="To">Last sequence, inclusive; committed.</param>
/// <param name="AsOf">State that all pages show.</param>
internal sealed record StatementScope(IReadOnlyList<AccountName> Accounts, CurrencyDefinition Currency, ulong From, ulong To, ulong AsOf)
{
    /// <summary>The settlement period; null for a range of the order.</summary>
    public PeriodScope? Period { get; init; }
}
