using System.Text;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Verbs;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Backup;

public sealed class RunningBackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_RunningUnderWrites_RestoresToAPrefixThatAudits()
    {
        using var folder = new TemporaryDirectory();
        await using var fixture = await LedgerFixture.StartAsync(null, $"Ledger:BackupDirectory={folder.Path}", "Ledger:SnapshotTailBytesMin=1");
        await Market.OpenAsync(fixture);
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync(fixture, enough.Token);

        var backup = await RunAsync("backup", "--running", "--to", folder.Combine("b"));
        await enough.CancelAsync();
        var written = await writing.WithinAsync("the writes");
        var restored = await RunAsync("restore", "--from", folder.Combine("b"), "--data", folder.Combine("d"), "--vkey", Path.Combine(fixture.NetworkFolder, "log.vkey"));

        Assert.True(backup.Code == 0, backup.Output);
        Assert.True(restored.Code == 0, restored.Output);
        using var store = LedgerServer.Storage.StoreFolder.OpenExisting(
            folder.Combine("d"), Configuration.GenesisFile.Read(Path.Combine(fixture.NetworkFolder, "genesis.json")).Identity);
        var copied = store.ReadNewestCheckpoint()!.Signed.Checkpoint;
        Assert.InRange(copied.Size, 9UL, 9UL + (ulong)written);
        var live = fixture.Server.Services.GetService(typeof(LedgerServer.Node.LedgerSet)) as LedgerServer.Node.LedgerSet;
        Assert.Equal(copied.Root, live!.All[0].Node.Store.ReadCheckpoint(copied.Size)!.Signed.Checkpoint.Root);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Backup_RunningIntoAUsedFolder_SaysWhyAndTouchesNothing()
    {
        using var folder = new TemporaryDirectory();
        await using var fixture = await LedgerFixture.StartAsync(null, $"Ledger:BackupDirectory={folder.Path}");
        Directory.CreateDirectory(folder.Combine("b", "x"));

        var (code, output) = await RunAsync("backup", "--running", "--to", folder.Combine("b"));

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("not empty", output);
        Assert.Equal([folder.Combine("b", "x")], Directory.GetFileSystemEntries(folder.Combine("b")));
    }

    [Fact]
    public async Task Backup_NoServerThatTakesRequests_SaysWhatToDo()
    {
        using var folder = new TemporaryDirectory();

        var (code, output) = await RunAsync("backup", "--running", "--wait", "00:00:00.2", "--to", folder.Combine("b"));

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("Ledger:BackupDirectory", output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static async Task<int> WriteAsync(LedgerFixture fixture, CancellationToken enough)
    {
        var written = 0;
        while (!enough.IsCancellationRequested)
        {
            await fixture.AcceptAsync("platform", payload => payload.OpenAccount = new(Market.Wallet()) { AccountId = $"a-{written}" });
            written++;
        }

        return written;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var text = new StringBuilder();
        await using var output = new StringWriter(text);
        var code = await RootVerb.RunAsync(args, output, output, Stop).WithinAsync("the verb");
        return (code, text.ToString());
    }
}
