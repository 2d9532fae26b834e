using System.Globalization;

namespace KpGrpc.MerkleLog.Text;

/// <summary>ASCII decimals as C2SP writes sizes and indexes: digits only, no leading zero but in <c>0</c> itself.</summary>
internal static class StrictDecimal
{
    public static bool TryParse(ReadOnlySpan<char> text, ulong max, out ulong value)
    {
        value = 0;
        return !text.IsEmpty
            && (text.Length == 1 || text[0] != '0')
            && !text.ContainsAnyExceptInRange('0', '9')
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= max;
    }

    public static string Format(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
