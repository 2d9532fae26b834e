using System.Text.Json;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Verbs;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Verbs;

public sealed class MakeKeyVerbTests
{
    [Theory]
    [InlineData("log", NoteSignatureType.Ed25519)]
    [InlineData("witness", NoteSignatureType.CosignatureV1)]
    public async Task MakeKey_NewFile_PrintsItsPublicHalf(string type, NoteSignatureType expected)
    {
        using var folder = new TemporaryDirectory();

        var (code, output, _) = await RunAsync(type, "org.example/key", folder.Combine("k"));

        Assert.Equal(0, code);
        var verifier = NoteVerifier.Parse(output.Trim());
        Assert.Equal(("org.example/key", expected), (verifier.Name, verifier.Type));
        Assert.StartsWith("PRIVATE+KEY+org.example/key+", await File.ReadAllTextAsync(folder.Combine("k"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakeKey_WrongInput_MakesNothingAndSaysWhy()
    {
        using var folder = new TemporaryDirectory();
        await RunAsync("log", "a", folder.Combine("k"));
        var before = await File.ReadAllTextAsync(folder.Combine("k"), TestContext.Current.CancellationToken);

        var existing = await RunAsync("log", "a", folder.Combine("k"));
        var name = await RunAsync("witness", "a b", folder.Combine("other"));

        Assert.NotEqual(0, existing.Code);
        Assert.Contains("cannot be written", existing.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(folder.Combine("k"), TestContext.Current.CancellationToken));
        Assert.NotEqual(0, name.Code);
        Assert.False(File.Exists(folder.Combine("other")));
    }

    [Theory]
    [InlineData("ed25519", 32)]
    [InlineData("ecdsa-p256-sha256", 33)]
    public async Task MakeKey_Organization_PrintsItAsGenesisFilesNameIt(string algorithm, int publicKeyBytes)
    {
        using var folder = new TemporaryDirectory();

        var (code, output, _) = await RunAsync("organization", "producer-a-1", folder.Combine("k"), "--organization", "producer-a", "--algorithm", algorithm);

        Assert.Equal(0, code);
        using var key = SigningKeyFile.Read(folder.Combine("k"));
        Assert.Equal(("producer-a", "producer-a-1", publicKeyBytes), (key.OrganizationId, key.KeyId, key.ExportPublicKey().Length));
        Assert.Equal(new GenesisKey("producer-a-1", algorithm, Convert.ToBase64String(key.ExportPublicKey())), JsonSerializer.Deserialize(output, GenesisJson.Default.GenesisKey));
    }

    [Theory]
    [InlineData("organization", "key")]
    [InlineData("organization", "key", "--organization", "not an id")]
    [InlineData("organization", "not an id", "--organization", "producer-a")]
    [InlineData("organization", "key", "--organization", "producer-a", "--algorithm", "rsa")]
    [InlineData("log", "org.example/key", "--organization", "producer-a")]
    [InlineData("witness", "org.example/key", "--algorithm", "ed25519")]
    public async Task MakeKey_OptionsThatDoNotFit_MakesNothing(string type, string name, params string[] more)
    {
        using var folder = new TemporaryDirectory();

        var (code, _, error) = await RunAsync(type, name, folder.Combine("k"), more);

        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
        Assert.False(File.Exists(folder.Combine("k")));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string type, string name, string file, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RootVerb.RunAsync(["make-key", "--type", type, "--name", name, "--file", file, .. more], output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
