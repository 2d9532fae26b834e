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

    private static async Task<(int Code, string Output, string Error)> RunAsync(string type, string name, string file)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RootVerb.RunAsync(["make-key", "--type", type, "--name", name, "--file", file], output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
