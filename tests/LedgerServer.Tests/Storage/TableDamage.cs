using System.Text;

namespace KpGrpc.LedgerServer.Tests.Storage;

/// <summary>One changed bit in every table of a column, as a rotten disk would leave it; disposing mends it.</summary>
internal sealed class TableDamage : IDisposable
{
    private readonly List<(string Path, long Position)> places = [];

    /// <param name="folder">Data folder; the store may be open, but must not have read the place yet.</param>
    /// <param name="column">Column of the store.</param>
    /// <param name="place">Where in a table: 0 for its first byte, 1 for its last.</param>
    public TableDamage(string folder, string column, double place)
    {
        // A table names its column in its properties, which are not compressed.
        var name = Encoding.ASCII.GetBytes(column);
        foreach (var path in Directory.GetFiles(folder, "*.sst").Where(path => Read(path).AsSpan().IndexOf(name) >= 0))
        {
            places.Add((path, (long)(new FileInfo(path).Length * place)));
        }

        Assert.NotEmpty(places);
        Flip();
    }

    public void Dispose() => Flip();

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private void Flip()
    {
        foreach (var (path, position) in places)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            file.Position = position;
            var value = file.ReadByte();
            file.Position = position;
            file.WriteByte((byte)(value ^ 1));
        }
    }
}
