using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// A new file that is written past the system's file cache where the system can (<c>O_DIRECT</c>), and through it elsewhere.
/// A snapshot of a gigabyte is not read again before the next start: in the cache it takes the memory of what is, most
/// of its writing goes into copies to fresh pages, and its flush holds up those of commits. Not thread-safe.
/// </summary>
internal sealed unsafe class UncachedFile : Stream
{
    private const int BufferBytes = 1 << 20;

    private readonly DirectFile file;
    private byte* buffer;
    private int buffered;
    private long written;

    /// <summary>Makes a file; replaces it where it exists.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public UncachedFile(string path)
    {
        file = new DirectFile(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None));
        buffer = (byte*)NativeMemory.AlignedAlloc(BufferBytes, DirectIo.Alignment);
    }

    /// <summary>Frees what was not disposed.</summary>
    ~UncachedFile() => Free();

    /// <summary>Gets a value indicating whether the file is written past the cache.</summary>
    public bool IsUncached => file.IsUncached;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written + buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(this.buffer is null, this);
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, BufferBytes - buffered);
            buffer[..count].CopyTo(new Span<byte>(this.buffer + buffered, count));
            buffered += count;
            buffer = buffer[count..];
            if (buffered == BufferBytes)
            {
                WriteBuffered();
            }
        }
    }

    /// <summary>Does nothing: only whole buffers can be written past the cache. See <see cref="Complete"/>.</summary>
    public override void Flush()
    {
    }

    /// <summary>Writes the rest and returns once all bytes are on disk.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        file.UseCache();
        WriteBuffered();
        file.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Free();
        file.Dispose();
        base.Dispose(disposing);
    }

    private void WriteBuffered()
    {
        file.Write(new ReadOnlySpan<byte>(buffer, buffered), written);
        written += buffered;
        buffered = 0;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(buffer);
        buffer = null;
    }
}
