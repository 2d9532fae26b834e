using System.Text;
using System.Text.Json;

using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Verbs;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Tiles;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Verbs;

public sealed class BackupVerbTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BackupAndRestore_StoppedLedger_GoesOnFromTheBackup()
    {
        await using var fixture = await StoppedAsync();
        using var folder = new TemporaryDirectory();
        var backup = await RunAsync("backup", "--data", fixture.DataFolder, "--genesis", Genesis(fixture), "--to", folder.Combine("b"));
        Assert.True(backup.Code == 0, backup.Output);
        Assert.NotEmpty(new SnapshotFolder(folder.Combine("b", "ledger")).NewestFirst());
        Directory.Delete(fixture.DataFolder, recursive: true);

        var restored = await RunAsync("restore", "--from", folder.Combine("b"), "--data", fixture.DataFolder, "--vkey", Key(fixture));

        Assert.True(restored.Code == 0, restored.Output);
        Assert.Contains("9 replayed byte for byte", restored.Output);
        Assert.Contains("equal to the replayed state", restored.Output);
        await fixture.StartServerAsync();
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("p", "work-0"));
    }

    [Fact]
    public async Task Backup_RunningOrMissingLedgerOrUsedTarget_RefusedAndNothingMade()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        using var folder = new TemporaryDirectory();
        string[] backup = ["backup", "--genesis", Genesis(fixture), "--to", folder.Combine("b"), "--data"];

        var running = await RunAsync([.. backup, fixture.DataFolder]);
        var missing = await RunAsync([.. backup, folder.Combine("none")]);
        await fixture.StopServerAsync();
        Directory.CreateDirectory(folder.Combine("b", "x"));
        var used = await RunAsync([.. backup, fixture.DataFolder]);

        Assert.Equal((ServerProgram.ExitConfiguration, ServerProgram.ExitConfiguration, ServerProgram.ExitConfiguration), (running.Code, missing.Code, used.Code));
        Assert.Contains("in use by another process", running.Output);
        Assert.Contains("no data folder", missing.Output);
        Assert.Contains("not empty", used.Output);
        Assert.Equal([folder.Combine("b")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Restore_DamagedBackup_LeavesTheTargetAsItWas()
    {
        await using var fixture = await StoppedAsync();
        using var folder = new TemporaryDirectory();
        await RunAsync("backup", "--data", fixture.DataFolder, "--genesis", Genesis(fixture), "--to", folder.Combine("b"));
        foreach (var table in Directory.GetFiles(folder.Combine("b", "ledger"), "*.sst"))
        {
            var bytes = await File.ReadAllBytesAsync(table, Stop);
            bytes[20] ^= 1;
            File.Delete(table);
            await File.WriteAllBytesAsync(table, bytes, Stop);
        }

        var damaged = await RunAsync("restore", "--from", folder.Combine("b"), "--data", folder.Combine("d"), "--vkey", Key(fixture));
        var occupied = await RunAsync("restore", "--from", folder.Combine("b"), "--data", fixture.DataFolder, "--vkey", Key(fixture));
        var none = await RunAsync("restore", "--from", folder.Path, "--data", folder.Combine("d"), "--vkey", Key(fixture));

        Assert.NotEqual(0, damaged.Code);
        Assert.Equal([folder.Combine("b")], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(ServerProgram.ExitConfiguration, occupied.Code);
        Assert.Contains("not empty", occupied.Output);
        Assert.Equal(ServerProgram.ExitConfiguration, none.Code);
        Assert.Contains("is no backup", none.Output);
    }

    [Fact]
    public async Task Export_Tiles_LetAClientRecomputeTheSignedRoot()
    {
        await using var fixture = await StoppedAsync();
        using var folder = new TemporaryDirectory();

        var export = await ExportAsync(fixture, folder, "tiles");

        Assert.True(export.Code == 0, export.Output);
        Assert.True(SignedCheckpoint.TryParse(await File.ReadAllBytesAsync(folder.Combine("e", "checkpoint"), Stop), out var signed, out _));
        Assert.Equal(NoteCheck.Verified, signed.Note.VerifyBy(NoteVerifier.Parse(fixture.LogVerifierKey)));
        var size = (int)signed.Checkpoint.Size;
        Assert.True(EntryBundle.TryDecode(
            await File.ReadAllBytesAsync(folder.Combine("e", new EntryBundleCoordinate(0, size).ToPath()), Stop), out var entries));
        Assert.True(TileLayout.TryParseTile(
            await File.ReadAllBytesAsync(folder.Combine("e", new TileCoordinate(0, 0, size).ToPath()), Stop), out var hashes));
        var range = new CompactRange();
        var nodes = new MerkleNode[64];
        for (var i = 0; i < size; i++)
        {
            Assert.Equal(hashes[i], MerkleHasher.HashLeaf(entries[i].Span));
            range.Append(hashes[i], nodes);
        }

        Assert.Equal(signed.Checkpoint.Root, range.Root());
    }

    [Fact]
    public async Task Export_JsonLines_HasEveryReceiptWithItsLeaf()
    {
        await using var fixture = await StoppedAsync();
        using var folder = new TemporaryDirectory();

        var export = await ExportAsync(fixture, folder, "jsonl");

        Assert.True(export.Code == 0, export.Output);
        var lines = await File.ReadAllLinesAsync(folder.Combine("e", "entries.jsonl"), Stop);
        Assert.Equal(9, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            using var entry = JsonDocument.Parse(lines[i]);
            Assert.Equal(i, entry.RootElement.GetProperty("sequence").GetInt32());
            var receipt = Protos.Ledger.V1.Receipt.Parser.ParseFrom(entry.RootElement.GetProperty("leaf").GetBytesFromBase64());
            Assert.Equal(receipt.OrganizationId, entry.RootElement.GetProperty("receipt").GetProperty("organizationId").GetString());
        }
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("export")]
    public async Task Verb_MistypedOption_RefusedByName(string verb)
    {
        using var folder = new TemporaryDirectory();
        var (code, output) = await RunAsync(verb, "--to", folder.Combine("x"), "--from", folder.Combine("x"), "--strcit");
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("there is no option", output);
    }

    private static async Task<LedgerFixture> StoppedAsync()
    {
        var fixture = await LedgerFixture.StartAsync(null, "Ledger:SnapshotTailBytesMin=1");
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();
        return fixture;
    }

    private static Task<(int Code, string Output)> ExportAsync(LedgerFixture fixture, TemporaryDirectory folder, string format) => RunAsync(
        "export", "--data", fixture.DataFolder, "--genesis", Genesis(fixture), "--vkey", Key(fixture), "--to", folder.Combine("e"), "--format", format);

    private static string Genesis(LedgerFixture fixture) => Path.Combine(fixture.NetworkFolder, "genesis.json");

    private static string Key(LedgerFixture fixture) => Path.Combine(fixture.NetworkFolder, "log.vkey");

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var text = new StringBuilder();
        await using var output = new StringWriter(text);
        var code = await RootVerb.RunAsync(args, output, output, Stop).WithinAsync("the verb");
        return (code, text.ToString());
    }
}
