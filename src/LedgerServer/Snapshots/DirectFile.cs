using Microsoft.Win32.SafeHandles;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>
/// An open file that is read or written past the system's file cache where the system can (<c>O_DIRECT</c>), and through it
/// once that failed or was asked for. Owns the handle. Not thread-safe.
/// </summary>
internal sealed class DirectFile : IDisposable
{
    private readonly SafeFileHandle file;

    /// <summary>Takes over an open file and goes past the cache if that can be done.</summary>
    public DirectFile(SafeFileHandle file)
    {
        this.file = file;
        IsUncached = DirectIo.TurnOn(file);
    }

    /// <summary>Gets a value indicating whether the file is read and written past the cache.</summary>
    public bool IsUncached { get; private set; }

    /// <summary>Length, in bytes.</summary>
    public long Length => RandomAccess.GetLength(file);

    /// <summary>Goes through the cache from here on, where any address, length and place will do.</summary>
    public void UseCache()
    {
        if (IsUncached)
        {
            DirectIo.TurnOff(file);
            IsUncached = false;
        }
    }

    /// <summary>Reads from a place on; returns how many bytes there were.</summary>
    /// <param name="buffer">Where to; aligned while past the cache (<see cref="DirectIo.Alignment"/>).</param>
    /// <param name="place">First byte; aligned likewise.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public int Read(Span<byte> buffer, long place)
    {
        try
        {
            return RandomAccess.Read(file, buffer, place);
        }
        catch (IOException) when (IsUncached)
        {
            // A file system that takes the flag and then no such read; a damaged disk says so again.
            UseCache();
            return RandomAccess.Read(file, buffer, place);
        }
    }

    /// <summary>Writes all bytes from a place on.</summary>
    /// <param name="buffer">The bytes; aligned while past the cache, in number too.</param>
    /// <param name="place">First byte; aligned likewise.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(ReadOnlySpan<byte> buffer, long place)
    {
        try
        {
            RandomAccess.Write(file, buffer, place);
        }
        catch (IOException) when (IsUncached)
        {
            // A file system that takes the flag and then no such write; a full disk says so again.
            UseCache();
            RandomAccess.Write(file, buffer, place);
        }
    }

    /// <summary>Returns once all that was written is on disk.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Flush() => RandomAccess.FlushToDisk(file);

    public void Dispose() => file.Dispose();
}
