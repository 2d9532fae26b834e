using System.Globalization;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Story;

/// <summary>What a share would be if money had any number of digits.</summary>
internal static class ExactShare
{
    private const int PpmDigits = 6;
    private const int ShownDigits = 4;

    /// <summary>The share as a decimal number, cut (not rounded) four digits behind the smallest unit.</summary>
    public static string Of(Money amount, uint ppm)
    {
        // amount * ppm has (exponent + 6) decimal digits behind the point; the last two are cut.
        var decimals = (int)amount.Exponent + ShownDigits;
        var scaled = (UInt128)amount.MinorUnits * ppm / (UInt128)Math.Pow(10, PpmDigits - ShownDigits);
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return $"{digits[..^decimals]}.{digits[^decimals..]}";
    }
}
