using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.Testing;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Tests.Storage.Subjects;

public sealed class SubjectVaultTests
{
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)7, SubjectVault.SaltBytes)];

    [Fact]
    public void Open_SealedData_GivesThemBackUnderTheirNameAlone()
    {
        using var folder = new TemporaryDirectory();
        using var vault = new SubjectVault(SubjectKeys.Open(folder.Combine("keys")));
        var data = vault.Seal("a", "profile", Salt, "text"u8);

        var (salt, content) = vault.Open("a", "profile", data)!.Value;

        Assert.Equal(Salt, salt);
        Assert.Equal("text"u8.ToArray(), content);
        Assert.NotEqual(data, vault.Seal("a", "profile", Salt, "text"u8));
        Assert.Throws<InvalidDataException>(() => vault.Open("a", "other", data));
        Assert.Throws<InvalidDataException>(() => vault.Open("a", "profile", data.AsSpan(0, 10)));
        Assert.Null(vault.Open("b", "profile", data));
        data[20] ^= 1;
        Assert.Throws<InvalidDataException>(() => vault.Open("a", "profile", data));
    }

    // Made by another implementation of AES-256-GCM: nonce, then salt and text encrypted, then the tag, bound to "ab", zero, "dt1".
    [Fact]
    public void Open_FrozenKeyAndData_AreReadByEveryRelease()
    {
        const string Sealed = "404142434445464748494a4b" + "e5bea924213b8004cac310319c63145c7ec1555bb0320824704049e29014eadcec6d8bd8" + "578ebfd2ed06a12af44abf9f3e668673";
        using var folder = new TemporaryDirectory();
        using (var db = RocksDb.Open(new DbOptions().SetCreateIfMissing(true), folder.Combine("keys")))
        {
            db.Put("ab"u8, Enumerable.Range(0, SubjectKeys.KeyBytes).Select(i => (byte)i).ToArray());
        }

        using var vault = new SubjectVault(SubjectKeys.Open(folder.Combine("keys")));
        var (salt, content) = vault.Open("ab", "dt1", Convert.FromHexString(Sealed))!.Value;

        Assert.Equal(Salt, salt);
        Assert.Equal("text"u8.ToArray(), content);
    }
}
