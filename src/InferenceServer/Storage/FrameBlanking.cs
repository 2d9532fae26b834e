using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace KpGrpc.InferenceServer.Storage;

/// <summary>
/// Takes payloads out of a log for good, in the very blocks that hold them: a copy of the file without them would leave
/// the old blocks readable on the disk until something else needs them.
/// </summary>
internal static class FrameBlanking
{
    /// <summary>Overwrites the payloads with zeros, with checksums that match, and waits until that is on disk. Doing it again changes nothing.</summary>
    public static void Blank(SafeFileHandle file, IReadOnlyList<long> positions)
    {
        Span<byte> length = stackalloc byte[4];
        foreach (var position in positions)
        {
            if (RandomAccess.Read(file, length, position) < length.Length)
            {
                continue; // the log lost its end
            }

            var size = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (size is <= 0 or > FrameLog.PayloadBytesMax || position + FrameLog.FrameBytes + size > RandomAccess.GetLength(file))
            {
                continue;
            }

            var blank = new byte[4 + size]; // checksum, payload
            BinaryPrimitives.WriteUInt32LittleEndian(blank, FrameLog.Checksum(length, blank.AsSpan(4)));
            RandomAccess.Write(file, blank, position + length.Length);
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Finishes a blanking that a crash may have interrupted, before the log is opened.</summary>
    /// <param name="path">The log; nothing is done where there is none.</param>
    /// <param name="log">Identity of the log that the positions are of; another log is left alone.</param>
    /// <param name="positions">Positions of frames.</param>
    public static void Redo(string path, Guid log, IReadOnlyList<long> positions)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> id = stackalloc byte[16];
        if (RandomAccess.Read(file, id, 8) == id.Length && new Guid(id) == log)
        {
            Blank(file, positions);
        }
    }
}
