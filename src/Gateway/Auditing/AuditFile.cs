using System.Globalization;

namespace KpGrpc.Gateway.Auditing;

/// <summary>A file that lines are appended to, and that is put aside when it is full. One thread at a time.</summary>
internal sealed class AuditFile : IDisposable
{
    private const int FilesGap = 1; // numbers begin at 1: the file without a number is the one that is written

    private readonly string path;
    private readonly long bytesMax;
    private readonly int filesMax;
    private FileStream stream;

    /// <summary>Opens the file, made with its folder where it is missing, and goes on at its end.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public AuditFile(AuditOptions options)
    {
        (path, bytesMax, filesMax) = (Path.GetFullPath(options.Path), options.FileBytesMax, options.FilesMax);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        stream = Open();
    }

    /// <summary>Appends lines and has the system write them to the disk.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (stream.Length > 0 && stream.Length + lines.Length > bytesMax)
        {
            stream.Dispose();
            PutAside();
            stream = Open();
        }

        stream.Write(lines);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        }

        return new FileStream(path, options);
    }

    private void PutAside()
    {
        for (var number = filesMax; number >= FilesGap; number--)
        {
            var from = number == FilesGap ? path : Numbered(number - 1);
            if (File.Exists(from))
            {
                File.Move(from, Numbered(number), overwrite: true);
            }
        }
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
