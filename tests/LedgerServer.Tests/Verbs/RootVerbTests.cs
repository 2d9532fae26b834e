using System.Runtime.Versioning;
using System.Text;

using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Storage;
using KpGrpc.LedgerServer.Verbs;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Verbs;

// File modes exist on Unix alone, where the servers run.
[UnsupportedOSPlatform("windows")]
public sealed class RootVerbTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InitDev_NewFolder_MakesEverythingForItsOwnerAlone()
    {
        using var folder = new TemporaryDirectory();
        var (code, output) = await RunAsync("init-dev", "--directory", folder.Combine("net"), "--producers", "a,b");

        Assert.True(code == 0, output);
        Assert.Equal(
            ["a.key", "b.key", "operator.key", "payment-provider.key", "platform.key", "technology.key"],
            Directory.GetFiles(folder.Combine("net", "keys")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(GenesisFile.Read(folder.Combine("net", "genesis.json")).Development);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("net", "log.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("net", "keys", "a.key")));
        Assert.Equal(ServerProgram.ExitConfiguration, (await RunAsync("init-dev", "--directory", folder.Combine("net"))).Code);
    }

    [Theory]
    [InlineData("a,a")]
    [InlineData("../a")]
    [InlineData("platform")]
    public async Task InitDev_ProducerThatCannotBe_Refused(string producers)
    {
        using var folder = new TemporaryDirectory();
        Assert.Equal(ServerProgram.ExitConfiguration, (await RunAsync("init-dev", "--directory", folder.Combine("net"), "--producers", producers)).Code);
        Assert.False(Directory.Exists(folder.Combine("net")));
    }

    [Fact]
    public async Task Serve_MistypedVerb_RefusedByName()
    {
        var (code, output) = await RunAsync("int-dev");
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("no verb int-dev", output);
    }

    [Theory]
    [InlineData("verify", "--strcit")]
    [InlineData("audit", "--directory")]
    [InlineData("init-dev", "--producer")]
    public async Task Verb_MistypedOption_RefusedByName(string verb, string option)
    {
        using var folder = new TemporaryDirectory();
        string[] needed = verb switch
        {
            "verify" => ["--proof", "p", "--leaf", "l", "--vkey", "k"],
            "init-dev" => ["--directory", folder.Combine("net")],
            _ => [],
        };

        var (code, output) = await RunAsync([verb, .. needed, option, "x"]);

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains(option, output);
    }

    [Theory]
    [InlineData("no-such.vkey", null, "cannot be read")]
    [InlineData("vkey", "not a key", "is not a C2SP verifier key")]
    [InlineData("vkey", "witness", "is the key of a witness")]
    public async Task Audit_VerifierKeyThatCannotBe_NamesTheOptionAndTheFile(string name, string? text, string fault)
    {
        using var folder = new TemporaryDirectory();
        await RunAsync("init-dev", "--directory", folder.Combine("net"), "--producers", "a");
        if (text is not null)
        {
            using var witness = Cosigner.FromSeed("w.example/1", new byte[NoteSigner.SeedSize], TimeProvider.System);
            await File.WriteAllTextAsync(folder.Combine(name), text == "witness" ? witness.Verifier.ToString() : text, Stop);
        }

        var (code, output) = await RunAsync(
            "audit", "--data", folder.Combine("data"), "--genesis", folder.Combine("net", "genesis.json"), "--vkey", folder.Combine(name));

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains($"--vkey {folder.Combine(name)} {fault}", output);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("export", "--format", "csv", "--format")]
    [InlineData("make-key", "--type", "servant", "--type")]
    public async Task Verb_ValueThatCannotBe_NamesTheOptionInOneLine(string verb, string option, string value, string named)
    {
        var (code, output) = await RunAsync(verb, option, value);

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.StartsWith($"kp-ledger {verb}: ", output, StringComparison.Ordinal);
        Assert.Contains(named, output, StringComparison.Ordinal);
        Assert.Contains(value, output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Audit_FolderWithoutALedger_RefusedAndLeftEmpty()
    {
        using var folder = new TemporaryDirectory();
        await RunAsync("init-dev", "--directory", folder.Combine("net"), "--producers", "a");
        Directory.CreateDirectory(folder.Combine("empty"));

        var (code, output) = await RunAsync(
            "audit", "--data", folder.Combine("empty"), "--genesis", folder.Combine("net", "genesis.json"), "--vkey", folder.Combine("net", "log.vkey"));

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("there is no ledger", output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Combine("empty")));
    }

    [Fact]
    public async Task Verify_ReceiptAndChangedReceipt_TellsThemApart()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var answered = await fixture.AcceptAsync("payment-provider", payload => payload.OpenAccount = Market.Clearing(), includeProof: true);
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("leaf"), answered.Proof.Leaf.ToByteArray(), Stop);
        await File.WriteAllTextAsync(folder.Combine("proof"), answered.Proof.TlogProof, Stop);
        string[] verify = ["verify", "--proof", folder.Combine("proof"), "--leaf", folder.Combine("leaf"), "--vkey", Path.Combine(fixture.NetworkFolder, "log.vkey")];

        var good = await RunAsync(verify);
        await File.WriteAllBytesAsync(folder.Combine("leaf"), [1, .. answered.Proof.Leaf.Span], Stop);
        var bad = await RunAsync(verify);
        File.Delete(folder.Combine("leaf"));

        Assert.Equal(0, good.Code);
        Assert.Contains("verified: OpenAccount of payment-provider", good.Output);
        Assert.Equal(1, bad.Code);
        Assert.Contains("refused: RootMismatch", bad.Output);
        var missing = await RunAsync(verify);
        Assert.Equal(2, missing.Code);
        Assert.Contains($"--leaf {folder.Combine("leaf")}", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_WholeLedger_RecomputesEverythingAndFindsEachChange()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var batch = fixture.Signer("platform").SignBatch([payload => payload.Purchase = Market.Purchase("p", "work-0"), payload => payload.Purchase = Market.Purchase("q", "work-0")]);
        await fixture.Ledger.SubmitBatchAsync(new() { Batch = batch.Message }, cancellationToken: Stop);
        await fixture.StopServerAsync();

        var good = await AuditAsync(fixture);
        Assert.True(good.Code == 0, good.Output);
        Assert.Contains("receipts: 11 replayed byte for byte", good.Output);
        Assert.Contains("trial balance EUR: debits 101007, credits 101007", good.Output);

        // One bit of: a receipt, a command, an inner node, a signature.
        foreach (var (column, key, at, text) in new (string Column, byte[] Key, int At, string Text)[]
        {
            (StoreLayout.Leaves, StoreLayout.Number(4), 30, "sequence 4"),
            (StoreLayout.Commands, StoreLayout.Number(2), 200, "sequence 2"),
            (StoreLayout.Nodes, [1, 0, 0, 0, 0, 0, 0, 0, 2], 3, "node 2 of level 1"),
            (StoreLayout.Commands, StoreLayout.Number(9), 30, "sequence 9"),
        })
        {
            Flip(fixture, column, key, at);
            var bad = await AuditAsync(fixture);
            Assert.Equal(1, bad.Code);
            Assert.Contains(text, bad.Output);
            Flip(fixture, column, key, at);
        }

        Assert.Equal(0, (await AuditAsync(fixture)).Code);
        Flip(fixture, StoreLayout.Leaves, StoreLayout.Number(4), 30);
        using var error = new StringWriter();
        var code = await LedgerServerHost.RunAsync([.. fixture.Settings.Select(setting => $"--{setting}")], error).WithinAsync("the refusal to start");
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("DATA_LOSS", error.ToString());
        Assert.Contains("sequence 4", error.ToString());
    }

    private static void Flip(LedgerFixture fixture, string column, byte[] key, int at) => StoreEdit.Change(fixture.DataFolder, column, key, value =>
    {
        value[at] ^= 1;
        return value;
    });

    private static Task<(int Code, string Output)> AuditAsync(LedgerFixture fixture) => RunAsync(
        "audit", "--data", fixture.DataFolder, "--genesis", Path.Combine(fixture.NetworkFolder, "genesis.json"), "--vkey", Path.Combine(fixture.NetworkFolder, "log.vkey"));

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var text = new StringBuilder();
        await using var output = new StringWriter(text);
        var code = await RootVerb.RunAsync(args, output, output, Stop).WithinAsync("the verb");
        return (code, text.ToString());
    }
}
