using System.Globalization;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Output;

/// <summary>Amounts as people write them.</summary>
internal static class MoneyText
{
    /// <summary>An amount such as <c>20.00 USD</c>, exact at any size.</summary>
    public static string Of(Money? money) => money is null ? "-" : $"{Digits(money.MinorUnits, (int)money.Exponent)} {money.CurrencyCode}";

    private static string Digits(long minorUnits, int exponent)
    {
        var sign = minorUnits < 0 ? "-" : "";
        var digits = Int128.Abs(minorUnits).ToString(CultureInfo.InvariantCulture).PadLeft(exponent + 1, '0');
        return exponent == 0 ? $"{sign}{digits}" : $"{sign}{digits[..^exponent]}.{digits[^exponent..]}";
    }
}
