namespace KpGrpc.Testing;

/// <summary>A folder of a test's own, removed with everything in it when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Creates an empty folder.</summary>
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("kpgrpc-test-").FullName;

    /// <summary>Gets the folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>A path inside the folder.</summary>
    /// <param name="parts">Names below the folder.</param>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
