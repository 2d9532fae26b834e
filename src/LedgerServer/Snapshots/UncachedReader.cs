using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// Reads a file from its beginning, past the system's file cache where the system can (<c>O_DIRECT</c>), and through it
/// elsewhere: a file that is not in the cache comes several times faster without the copies into fresh pages of it. Not
/// thread-safe.
/// </summary>
internal sealed unsafe class UncachedReader : Stream
{
    private const int BufferBytes = 4 << 20;

    private readonly DirectFile file;
    private byte* buffer;
    private int buffered;
    private int taken;
    private long position;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; nobody may change it meanwhile.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public UncachedReader(string path)
    {
        file = new DirectFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan));
        Length = file.Length;
        buffer = (byte*)NativeMemory.AlignedAlloc(BufferBytes, DirectIo.Alignment);
    }

    /// <summary>Frees what was not disposed.</summary>
    ~UncachedReader() => Free();

    /// <summary>Length of the file when it was opened, in bytes.</summary>
    public override long Length { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position
    {
        get => position - buffered + taken;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(this.buffer is null, this);
        if (taken == buffered)
        {
            Fill();
        }

        var count = Math.Min(buffer.Length, buffered - taken);
        new ReadOnlySpan<byte>(this.buffer + taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Free();
        file.Dispose();
        base.Dispose(disposing);
    }

    // Past the cache a read begins at a multiple of a page, so what a short read gave is the end of the file.
    private void Fill()
    {
        (buffered, taken) = (0, 0);
        if (position >= Length)
        {
            return;
        }

        buffered = file.Read(new Span<byte>(buffer, BufferBytes), position);
        position += buffered;
        if (buffered % DirectIo.Alignment != 0)
        {
            file.UseCache();
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(buffer);
        buffer = null;
    }
}
