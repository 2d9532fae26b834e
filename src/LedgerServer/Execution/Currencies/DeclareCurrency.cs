namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>Opens a currency on the ledger. By an approver.</summary>
/// <param name="Currency">What to declare.</param>
internal sealed record DeclareCurrency(CurrencyDefinition Currency) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.DeclareCurrency;
}
