using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace KpGrpc.InferenceServer.Storage;

/// <summary>
/// Looks for a valid frame behind a bad one. An append that a crash interrupted has nothing behind it; a valid frame there
/// means that the bad one was once whole and acknowledged.
/// </summary>
internal static class FrameSearch
{
    private const int WindowBytes = 1 << 20;

    /// <summary>Position of the first valid frame at or after <paramref name="from"/>; null when there is none.</summary>
    public static long? Find(SafeFileHandle file, long from, long until)
    {
        var window = new byte[WindowBytes + FrameLog.FrameBytes];
        for (; from + FrameLog.FrameBytes <= until; from += WindowBytes)
        {
            var have = RandomAccess.Read(file, window.AsSpan(0, (int)Math.Min(window.Length, until - from)), from);
            for (var at = 0; at < WindowBytes && at + FrameLog.FrameBytes <= have; at++)
            {
                if (IsFrame(file, window.AsSpan(at, FrameLog.FrameBytes), from + at, until))
                {
                    return from + at;
                }
            }
        }

        return null;
    }

    private static bool IsFrame(SafeFileHandle file, ReadOnlySpan<byte> head, long at, long until)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(head);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var next = at + FrameLog.FrameBytes + size;
        if (size == 0)
        {
            return FrameLog.Checksum(head[..4], []) == expected;
        }

        if (size is < 0 or > FrameLog.PayloadBytesMax || next > until || !MayFollow(file, next, until))
        {
            return false;
        }

        var payload = new byte[size];
        return RandomAccess.Read(file, payload, at + FrameLog.FrameBytes) == size && FrameLog.Checksum(head[..4], payload) == expected;
    }

    /// <summary>Spares the checksum of most places that only look like a frame: what follows must have a possible length.</summary>
    private static bool MayFollow(SafeFileHandle file, long next, long until)
    {
        Span<byte> length = stackalloc byte[4];
        return next + length.Length > until
            || (RandomAccess.Read(file, length, next) == length.Length && BinaryPrimitives.ReadInt32LittleEndian(length) is >= 0 and <= FrameLog.PayloadBytesMax);
    }
}
