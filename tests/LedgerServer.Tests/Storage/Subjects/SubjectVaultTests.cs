using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.Testing;

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
}
