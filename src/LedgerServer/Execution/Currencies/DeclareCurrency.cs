using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>Opens a currency on the ledger.</summary>
/// <param name="Currency">What to declare.</param>
internal sealed record DeclareCurrency(CurrencyDefinition Currency) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.DeclareCurrency;
}
