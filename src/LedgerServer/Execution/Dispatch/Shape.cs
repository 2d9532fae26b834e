using System.Buffers;
using System.Text;

namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>
/// Whether a field's value is within the range that the contract states, whatever the state. Each check returns the
/// rejection or null. Values are never echoed: they may be long or hold what must not stand in a receipt.
/// </summary>
internal static class Shape
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>An id: 1 to 128 characters of [A-Za-z0-9._:/-].</summary>
    public static Rejection? Id(string field, string value) =>
        IsId(value)
            ? null
            : Malformed($"{field}: an id has 1 to {EngineLimits.IdLengthMax} characters of [A-Za-z0-9._:/-]; send one.");

    /// <summary>An id or nothing.</summary>
    public static Rejection? OptionalId(string field, string value) => value.Length == 0 ? null : Id(field, value);

    /// <summary>Text whose length is counted in UTF-8 bytes.</summary>
    public static Rejection? Text(string field, string value, int bytesMin, int bytesMax)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        return bytes >= bytesMin && bytes <= bytesMax
            ? null
            : Malformed($"{field}: {bytesMin} to {bytesMax} UTF-8 bytes are allowed, not {bytes}; shorten or fill it.");
    }

    /// <summary>A learner's pseudonym: 64 lower-case hexadecimal characters.</summary>
    public static Rejection? Pseudonym(string field, string value) =>
        value.Length == 64 && !value.AsSpan().ContainsAnyExcept(LowerHex)
            ? null
            : Malformed($"{field}: a pseudonym has 64 lower-case hexadecimal characters; never send a clear id.");

    /// <summary>A SHA-256 digest or nothing.</summary>
    public static Rejection? DigestOrNone(string field, ReadOnlyMemory<byte> value) =>
        value.Length is 0 or 32 ? null : Malformed($"{field}: 32 bytes or none, not {value.Length}.");

    /// <summary>A number of entries or units within a range.</summary>
    public static Rejection? Range(string field, long value, long min, long max) =>
        value >= min && value <= max ? null : Malformed($"{field}: {min} to {max} is allowed, not {value}.");

    /// <summary>A value that the contract defines.</summary>
    public static Rejection? Defined<TEnum>(string field, TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? null : Malformed($"{field}: required, one of the contract's values.");

    /// <summary>A time that the contract can show, or none.</summary>
    public static Rejection? Time(string field, long? micros) =>
        micros is null || OrderTime.IsInRange(micros.Value)
            ? null
            : Malformed($"{field}: a time from 1970-01-01 to 9999-12-31 is allowed.");

    /// <summary>The first rejection of the items, in order; null where none has one.</summary>
    public static Rejection? Each<T>(IReadOnlyList<T> items, Func<T, int, Rejection?> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (check(items[i], i) is { } rejection)
            {
                return rejection;
            }
        }

        return null;
    }

    /// <summary>A rejection of a field outside its range.</summary>
    public static Rejection Malformed(FormattableString message) =>
        Rejection.Because(RejectionReason.Malformed, message);

    /// <summary>Whether a value is an id.</summary>
    public static bool IsId(string value)
    {
        if (value.Length is 0 or > EngineLimits.IdLengthMax)
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '/' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
