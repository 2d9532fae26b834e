namespace KpGrpc.Gateway.Security;

/// <summary>Makes files that their owner alone may read.</summary>
internal static class SecretFile
{
    /// <summary>Writes a new file with mode 0600, its folder too, and syncs it.</summary>
    /// <param name="path">A path where there is no file yet.</param>
    /// <param name="content">What it holds.</param>
    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
