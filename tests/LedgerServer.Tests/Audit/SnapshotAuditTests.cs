using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Audit;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Tests.Audit;

public sealed class SnapshotAuditTests
{
    [Fact]
    public async Task Run_TrueAndForgedSnapshot_TellsThemApart()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, "Ledger:SnapshotTailBytesMin=1");
        await Market.OpenAsync(fixture);
        await fixture.StopServerAsync();
        var path = new SnapshotFolder(fixture.DataFolder).NewestFirst()[0];

        var (good, text) = Run(fixture);
        Assert.True(good == 0, text);
        Assert.Contains("equal to the replayed state", text, StringComparison.Ordinal);

        // A forger who can write the file gives a state of his own a right checksum: only the commands contradict it.
        SnapshotFile.Write(path + "2", SnapshotFile.Read(path, (header, _) => header), Forge(path, fixture));
        File.Move(path + "2", path, overwrite: true);
        var (bad, forged) = Run(fixture);
        Assert.Equal(1, bad);
        Assert.Contains("difference: the snapshot at sequence", forged, StringComparison.Ordinal);
    }

    private static StateImage Forge(string path, LedgerFixture fixture) => SnapshotFile.Read(path, (_, content) =>
    {
        var engine = new LedgerEngine(Genesis(fixture).Genesis, KeySignatures.Instance);
        StateImage.Load(content, engine.State);
        engine.State.Currencies.Add(new("XAU", 2));
        return StateImage.Capture(engine.State);
    });

    private static (int Differences, string Text) Run(LedgerFixture fixture)
    {
        using var output = new StringWriter();
        var differences = LedgerAudit.Run(fixture.DataFolder, Genesis(fixture), NoteVerifier.Parse(fixture.LogVerifierKey), output);
        return (differences, output.ToString());
    }

    private static GenesisFile Genesis(LedgerFixture fixture) => GenesisFile.Read(Path.Combine(fixture.NetworkFolder, "genesis.json"));
}
