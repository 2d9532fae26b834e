using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.Testing;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Tests.Storage.Subjects;

public sealed class SubjectKeysTests
{
    [Fact]
    public void Destroy_Key_IsInNoFileAnyMore()
    {
        using var folder = new TemporaryDirectory();
        byte[] destroyed;
        byte[] kept;
        using (var keys = SubjectKeys.Open(folder.Combine("keys")))
        {
            destroyed = keys.FindOrMake("a");
            kept = keys.FindOrMake("b");
            Assert.Equal(destroyed, keys.FindOrMake("a"));
            Assert.True(IsInAFile(folder.Combine("keys"), destroyed));

            keys.Destroy(["a", "never"]);

            Assert.Null(keys.Find("a"));
            Assert.Equal(kept, keys.Find("b"));
            Assert.False(IsInAFile(folder.Combine("keys"), destroyed));
        }

        using var again = SubjectKeys.Open(folder.Combine("keys"));
        Assert.Null(again.Find("a"));
        Assert.Equal(kept, again.Find("b"));
        Assert.False(IsInAFile(folder.Combine("keys"), destroyed));
    }

    [Fact]
    public void Find_ValueThatIsNoKey_SaysWhichFolderIsDamaged()
    {
        using var folder = new TemporaryDirectory();
        SubjectKeys.Open(folder.Combine("keys")).Dispose();
        using (var db = RocksDb.Open(new DbOptions(), folder.Combine("keys")))
        {
            db.Put("a"u8.ToArray(), new byte[SubjectKeys.KeyBytes - 1]);
        }

        using var keys = SubjectKeys.Open(folder.Combine("keys"));

        Assert.Contains(folder.Combine("keys"), Assert.Throws<InvalidDataException>(() => keys.Find("a")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => keys.FindOrMake("a"));
    }

    private static bool IsInAFile(string directory, byte[] key) => Directory.EnumerateFiles(directory).Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(key) >= 0;
    });
}
