namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>A currency of the ledger; fixed for ever once declared.</summary>
/// <param name="CurrencyCode">ISO 4217 alphabetic code, three upper-case letters.</param>
/// <param name="Exponent">Decimal digits behind the point, 0 to 8.</param>
internal sealed record CurrencyDefinition(string CurrencyCode, uint Exponent);
