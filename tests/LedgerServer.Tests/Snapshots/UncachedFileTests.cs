using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Snapshots;

public sealed class UncachedFileTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData((3 * MiB) + 4097)]
    [InlineData(4 * MiB)]
    [InlineData((9 * MiB) + 1)]
    public void Complete_AnyLength_AllBytesInOrder(int length)
    {
        using var folder = new TemporaryDirectory();
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        using (var file = new UncachedFile(folder.Combine("f")))
        {
            for (var at = 0; at < length; at += 70_001)
            {
                file.Write(bytes.AsSpan(at, Math.Min(70_001, length - at)));
            }

            Assert.Equal(length, file.Length);
            file.Complete();
            Assert.Equal(length, file.Length);
        }

        Assert.Equal(bytes, File.ReadAllBytes(folder.Combine("f")));
        using var reader = new UncachedReader(folder.Combine("f"));
        using var read = new MemoryStream();
        reader.CopyTo(read, 70_001);
        Assert.Equal(bytes, read.ToArray());
        Assert.Equal((length, 0), (reader.Position, reader.Read(new byte[1])));
    }

    [Fact]
    public void Create_FileThatExists_IsReplacedWhole()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder.Combine("f"), new byte[100]);
        using (var file = new UncachedFile(folder.Combine("f")))
        {
            file.Write([1, 2]);
            file.Complete();
        }

        Assert.Equal([1, 2], File.ReadAllBytes(folder.Combine("f")));
    }

    // Some file systems, those in memory for one, have nothing to write past.
    [Fact]
    public void Write_FileSystemWithoutDirectWrites_UsesTheCache()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no file system in memory here");
        var path = Path.Combine("/dev/shm", $"kp-{Guid.NewGuid():N}");
        try
        {
            using (var file = new UncachedFile(path))
            {
                file.Write(new byte[MiB + 5]);
                file.Complete();
            }

            Assert.Equal(MiB + 5, new FileInfo(path).Length);
            using var reader = new UncachedReader(path);
            reader.ReadExactly(new byte[MiB + 5]);
            Assert.Equal(-1, reader.ReadByte());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Create_FolderThatIsMissing_IsAnIOException()
    {
        using var folder = new TemporaryDirectory();
        Assert.ThrowsAny<IOException>(() => new UncachedFile(folder.Combine("no", "f")));
    }

    [Fact]
    public void Write_AfterTheEnd_IsRefused()
    {
        using var folder = new TemporaryDirectory();
        var file = new UncachedFile(folder.Combine("f"));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Write([1]));
    }
}
