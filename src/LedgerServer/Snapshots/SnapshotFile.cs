using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;

using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// One snapshot on disk: 8 bytes "KPSNAP01" | <see cref="SnapshotHeader"/> | the content of a <see cref="StateImage"/> |
/// SHA-256 of everything before. The hash finds damage; what the content claims is checked by replaying the commands
/// after it, and by an audit from the first command on.
/// </summary>
internal static class SnapshotFile
{
    private const int BufferBytes = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "KPSNAP01"u8;

    /// <summary>Writes a file and returns once its bytes are on disk.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="header">What it is of.</param>
    /// <param name="image">The state; encoded here.</param>
    /// <returns>Its length in bytes.</returns>
    public static long Write(string path, SnapshotHeader header, StateImage image)
    {
        using var file = new UncachedFile(path);
        file.Write(WriteTo(file, header, image).AsSpan());
        file.Complete();
        return file.Length;
    }

    /// <summary>The hash at the end of the file that <see cref="Write"/> would write.</summary>
    public static Hash256 HashOf(SnapshotHeader header, StateImage image) => WriteTo(Stream.Null, header, image);

    /// <summary>The hash at the end of a file.</summary>
    /// <exception cref="InvalidDataException">The file is too short to hold one.</exception>
    public static Hash256 ReadHash(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length < Hash256.Size)
        {
            throw new InvalidDataException($"it has {file.Length} bytes only");
        }

        file.Seek(-Hash256.Size, SeekOrigin.End);
        var hash = new byte[Hash256.Size];
        file.ReadExactly(hash);
        return new Hash256(hash);
    }

    /// <summary>
    /// Reads a file whose hash is right. Hashing and decoding run side by side, since each takes seconds for a large
    /// state; where the hash is wrong, that is the answer, whatever decoding said.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Gets the header, and the stream at the content, which may be damaged: bounds what it takes.</param>
    /// <exception cref="InvalidDataException">It is damaged or no snapshot; what was read is dropped.</exception>
    public static T Read<T>(string path, Func<SnapshotHeader, Stream, T> read)
    {
        ExceptionDispatchInfo? damage = null;
        var hashing = new Thread(() => damage = Attempt(() => CheckHash(path))) { IsBackground = true, Name = "ledger-snapshot-hash" };
        hashing.Start();
        var content = default(T);
        var refusal = Attempt(() => content = Decode(path, read));
        hashing.Join();
        damage?.Throw();
        refusal?.Throw();
        return content!;
    }

    private static ExceptionDispatchInfo? Attempt(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private static T Decode<T>(string path, Func<SnapshotHeader, Stream, T> read)
    {
        using var file = new UncachedReader(path);
        Span<byte> magic = stackalloc byte[Magic.Length];
        file.ReadExactly(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException("it is no snapshot of this format");
        }

        using var input = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        return read(SnapshotHeader.Read(input), file);
    }

    private static Hash256 WriteTo(Stream target, SnapshotHeader header, StateImage image)
    {
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(target, sha, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashing, BufferBytes))
        {
            buffered.Write(Magic);
            using (var output = new BinaryWriter(buffered, Encoding.UTF8, leaveOpen: true))
            {
                header.WriteTo(output);
            }

            image.WriteTo(buffered);
        }

        return new Hash256(sha.Hash);
    }

    private static void CheckHash(string path)
    {
        using var file = new UncachedReader(path);
        var left = file.Length - Hash256.Size;
        if (left < Magic.Length)
        {
            throw new InvalidDataException($"it has {file.Length} bytes only");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        while (left > 0)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0)
            {
                throw new InvalidDataException("it became shorter while it was read");
            }

            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        file.ReadExactly(buffer, 0, Hash256.Size);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(buffer.AsSpan(0, Hash256.Size)))
        {
            throw new InvalidDataException("its checksum is wrong: it is damaged");
        }
    }
}
