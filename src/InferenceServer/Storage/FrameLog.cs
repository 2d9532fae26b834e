using System.Buffers.Binary;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.InferenceServer.Storage;

/// <summary>
/// An append-only file of checked frames. One writer; any number of readers beside it. A frame is durable when
/// <see cref="Append"/> returns. A tail that a crash left half written is cut at opening: nobody was told of it. A bad frame with
/// a valid one behind it is damage: the start is refused and the file left as it is.
/// </summary>
/// <remarks>
/// Layout, little-endian: header = magic (8 bytes) · id of the log (16 bytes); frame = payload length (4) · CRC-32C over
/// length and payload (4) · payload. A position is a byte offset in the file.
/// </remarks>
internal sealed class FrameLog : IDisposable
{
    /// <summary>Bytes before the first frame, and so the position of the first frame.</summary>
    public const int HeaderBytes = 24;

    /// <summary>Longest payload, in bytes.</summary>
    public const int PayloadBytesMax = 16 << 20;

    /// <summary>Bytes before a payload: its length and the checksum.</summary>
    public const int FrameBytes = 8;

    private readonly FileStream file;
    private readonly Lock blanking = new();
    private long length;
    private bool broken;

    private FrameLog(FileStream file, Guid id, long length, long cut)
    {
        this.file = file;
        this.length = length;
        Id = id;
        CutBytes = cut;
    }

    /// <summary>Identity of this file, made with it.</summary>
    public Guid Id { get; }

    /// <summary>Position after the last durable frame.</summary>
    public long Length => Volatile.Read(ref length);

    /// <summary>Bytes of a half-written tail that opening cut off.</summary>
    public long CutBytes { get; }

    /// <summary>True after a failed sync, or a failed append that could not be taken back: what the disk holds is not known, so every append is refused until a restart reads the file anew.</summary>
    public bool IsBroken => Volatile.Read(ref broken);

    /// <summary>Opens the log, making it where there is none.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="magic">8 bytes that tell this kind of log.</param>
    /// <param name="tornBytesMax">Longest tail that one interrupted append can leave; more bad bytes mean damage.</param>
    /// <param name="open">Opens the stream, which must not buffer; null = the file itself.</param>
    /// <exception cref="StartupException">The file cannot be opened, is another kind of file, or is damaged.</exception>
    public static FrameLog Open(string path, ReadOnlySpan<byte> magic, long tornBytesMax, Func<string, FileStream>? open = null)
    {
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = open?.Invoke(path) ?? new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            var id = ReadOrWriteHeader(file, magic, path);
            var end = FindEnd(path, file.Length);
            var cut = file.Length - end;
            if (cut > tornBytesMax || FrameSearch.Find(file.SafeFileHandle, end + 1, file.Length) is not null)
            {
                throw new StartupException($"{path} is damaged at byte {end}: a frame there does not match its checksum, and it is not the half-written end of a last append. Nothing was changed. Restore it from a backup, or move it away.");
            }

            file.SetLength(end);
            file.Position = end;
            file.Flush(flushToDisk: true);
            return new FrameLog(file, id, end, cut);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new StartupException($"{path} cannot be opened: {failure.Message}", failure);
        }
        catch (StartupException)
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Appends frames and waits until they are on disk (fsync), one wait for all. Call it from one thread at a time.</summary>
    /// <exception cref="IOException">The disk is full or failing; nothing of this call is in the log. See <see cref="IsBroken"/>.</exception>
    public void Append(IEnumerable<ReadOnlyMemory<byte>> payloads)
    {
        if (broken)
        {
            throw new IOException("an earlier write could not be made sure of; restart the server");
        }

        var bytes = Encode([.. payloads]);
        try
        {
            file.Write(bytes);
        }
        catch (IOException)
        {
            TakeBack();
            throw;
        }

        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // After a failed fsync the kernel may call the lost pages clean; a second fsync that succeeds proves nothing.
            Volatile.Write(ref broken, true);
            TakeBack();
            throw;
        }

        Volatile.Write(ref length, length + bytes.Length);
    }

    /// <summary>
    /// Overwrites payloads with zeros in place and waits until that is on disk: lengths and positions stay. Write the
    /// positions down durably before; after a crash in between, the log opens again only behind <see cref="FrameBlanking.Redo"/>.
    /// </summary>
    /// <param name="positions">Positions of frames.</param>
    /// <exception cref="IOException">The disk failed; a part may be blank.</exception>
    public void Blank(IReadOnlyList<long> positions)
    {
        lock (blanking)
        {
            FrameBlanking.Blank(file.SafeFileHandle, positions);
        }
    }

    /// <summary>Reads the durable frames from a position on, oldest first.</summary>
    /// <param name="from">Position of a frame: <see cref="HeaderBytes"/>, or what an earlier read returned as <c>Next</c>.</param>
    /// <exception cref="InvalidDataException">A frame does not match its checksum.</exception>
    public IEnumerable<(byte[] Payload, long Next)> Read(long from)
    {
        var until = Length;
        var waitedAt = -1L;
        while (from != until)
        {
            foreach (var (payload, next) in ReadFile(file.Name, from, until))
            {
                yield return (payload, next);
                from = next;
            }

            if (from != until && waitedAt == from)
            {
                throw new InvalidDataException($"{file.Name} is damaged at byte {from}.");
            }

            waitedAt = from;
            lock (blanking)
            {
                // A frame that is being blanked matches its checksum only before and after.
            }
        }
    }

    /// <summary>Reads the whole frames of a log that another process may be writing; a frame that is not whole ends it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">8 bytes that tell this kind of log.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is another kind of file.</exception>
    public static IEnumerable<byte[]> Scan(string path, ReadOnlyMemory<byte> magic)
    {
        using (var start = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            var found = new byte[magic.Length];
            if (start.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length || !magic.Span.SequenceEqual(found))
            {
                throw new InvalidDataException($"{path} does not start as such a log");
            }
        }

        foreach (var (payload, _) in ReadFile(path, HeaderBytes, new FileInfo(path).Length))
        {
            yield return payload;
        }
    }

    /// <summary>CRC-32C over the encoded length and the payload.</summary>
    public static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) =>
        ~Crc32C.Append(Crc32C.Append(uint.MaxValue, head), payload);

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static byte[] Encode(ReadOnlyMemory<byte>[] payloads)
    {
        var bytes = new byte[payloads.Sum(payload => (long)FrameBytes + payload.Length)];
        var at = 0;
        foreach (var payload in payloads)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, PayloadBytesMax);
            var head = bytes.AsSpan(at, FrameBytes);
            BinaryPrimitives.WriteInt32LittleEndian(head, payload.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Checksum(head[..4], payload.Span));
            payload.Span.CopyTo(bytes.AsSpan(at + FrameBytes));
            at += FrameBytes + payload.Length;
        }

        return bytes;
    }

    private void TakeBack()
    {
        try
        {
            file.SetLength(length);
            file.Position = length;
        }
        catch (IOException)
        {
            Volatile.Write(ref broken, true);
        }
    }

    private static Guid ReadOrWriteHeader(FileStream file, ReadOnlySpan<byte> magic, string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.Length < HeaderBytes)
        {
            var id = Guid.NewGuid();
            magic.CopyTo(header);
            id.TryWriteBytes(header[8..]);
            file.SetLength(0);
            file.Write(header);
            file.Flush(flushToDisk: true);
            return id;
        }

        file.ReadExactly(header);
        return header[..8].SequenceEqual(magic)
            ? new Guid(header[8..])
            : throw new StartupException($"{path} is not a file of this server; move it away or set another folder.");
    }

    private static long FindEnd(string path, long size)
    {
        var end = (long)HeaderBytes;
        foreach (var (_, next) in ReadFile(path, HeaderBytes, size))
        {
            end = next;
        }

        return end;
    }

    /// <summary>Stops without a word at the first frame that is incomplete or wrong.</summary>
    private static IEnumerable<(byte[] Payload, long Next)> ReadFile(string path, long from, long until)
    {
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 18);
        reader.Position = from;
        var head = new byte[FrameBytes];
        while (from + FrameBytes <= until)
        {
            reader.ReadExactly(head);
            var size = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (size is < 0 or > PayloadBytesMax || from + FrameBytes + size > until)
            {
                yield break;
            }

            var payload = new byte[size];
            reader.ReadExactly(payload);
            if (Checksum(head.AsSpan(0, 4), payload) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)))
            {
                yield break;
            }

            from += FrameBytes + size;
            yield return (payload, from);
        }
    }
}
