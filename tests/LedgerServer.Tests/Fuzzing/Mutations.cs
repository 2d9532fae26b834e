using CsCheck;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Encodings with one to three things wrong: bits turned, bytes set, cut, put in, left out, repeated, lengths blown up.</summary>
internal static class Mutations
{
    private static readonly Gen<(int Form, int At, int Length, byte[] Bytes)[]> Changes =
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, int.MaxValue], Gen.Int[1, 40], Gen.Byte.Array[1, 12]).Array[1, 3];

    public static Gen<byte[]> Of(params byte[][] samples) => Gen.Select(Gen.Int[0, samples.Length - 1], Changes, (which, changes) =>
        changes.Aggregate(samples[which], (bytes, change) => Apply(bytes, change.Form, change.At % (bytes.Length + 1), change.Length, change.Bytes)));

    /// <summary>The same for text: bytes are characters of one byte.</summary>
    public static Gen<string> Of(params string[] samples) =>
        Of([.. samples.Select(System.Text.Encoding.Latin1.GetBytes)]).Select(System.Text.Encoding.Latin1.GetString);

    private static byte[] Apply(byte[] bytes, int form, int at, int length, byte[] other)
    {
        var end = Math.Min(bytes.Length, at + length);
        return form switch
        {
            0 => Over(bytes, at, [(byte)(at < bytes.Length ? bytes[at] ^ (1 << (other[0] & 7)) : 0)]),
            1 => Over(bytes, at, other[..1]),
            2 => bytes[..at],
            3 => [.. bytes[..at], .. other, .. bytes[at..]],
            4 => [.. bytes[..at], .. bytes[end..]],
            5 => [.. bytes[..end], .. bytes[at..]],
            6 => Over(bytes, at, [0xFF, 0xFF, 0xFF, 0xFF, 0x07]),
            _ => Over(bytes, at, [0xFF, 0xFF, 0xFF, 0x7F]),
        };
    }

    private static byte[] Over(byte[] bytes, int at, byte[] other)
    {
        byte[] changed = [.. bytes];
        other.AsSpan(0, Math.Min(other.Length, bytes.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }
}
