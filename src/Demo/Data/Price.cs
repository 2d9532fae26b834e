namespace KpGrpc.Demo.Data;

/// <summary>An exact amount.</summary>
/// <param name="MinorUnits">In the currency's smallest unit, 0 or more.</param>
/// <param name="CurrencyCode">ISO 4217, three letters.</param>
/// <param name="Exponent">Decimal digits behind the point.</param>
internal sealed record Price(long MinorUnits, string CurrencyCode, int Exponent);
