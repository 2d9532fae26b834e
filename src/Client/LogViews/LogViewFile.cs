namespace KpGrpc.Client.LogViews;

/// <summary>A view's file: replaced as a whole, never half written, and one process's at a time. Not thread-safe.</summary>
internal sealed class LogViewFile : IDisposable
{
    private const string Unfinished = ".new";
    private const string LockName = ".lock";

    private readonly string path;
    private readonly FileStream held;

    private LogViewFile(string path, FileStream held) => (this.path, this.held) = (path, held);

    /// <summary>Makes the file this process's.</summary>
    /// <exception cref="IOException">Another process has it, or the folder cannot be written.</exception>
    public static LogViewFile Lock(string path) => new(path, new FileStream(path + LockName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Its bytes; null where it was never written.</summary>
    public byte[]? Read() => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>Replaces it, and returns once the bytes are on disk.</summary>
    public void Write(byte[] bytes)
    {
        using (var stream = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    public void Dispose() => held.Dispose();
}
