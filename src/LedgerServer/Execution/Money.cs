namespace KpGrpc.LedgerServer.Execution;

/// <summary>An exact amount of one currency in integer minor units, as <c>kp.type.v1.Money</c>.</summary>
/// <param name="MinorUnits">0 to 2^63-1; a negative number that came from the wire is rejected where it is used.</param>
/// <param name="CurrencyCode">ISO 4217 alphabetic code.</param>
/// <param name="Exponent">Decimal digits behind the point, 0 to 8; must equal the ledger's declaration.</param>
internal readonly record struct Money(long MinorUnits, string CurrencyCode, uint Exponent);
