using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Ordering;

public sealed class CommitPipelineTests
{
    [Fact]
    public async Task Commit_ClockThatFalls_TakesTheLastOrderTimeAgain()
    {
        await using var network = new LedgerFixture();
        var parts = LedgerParts.Open(
            new() { DataDirectory = network.DataFolder, GenesisPath = Path.Combine(network.NetworkFolder, "genesis.json"), LogKeyPath = Path.Combine(network.NetworkFolder, "log.key") },
            production: false);
        using var store = parts.Store;
        using var signer = parts.Signer;
        var log = new LedgerLog(parts.Recovered.Range, signer);
        var head = new CommittedHead(log.Sign(0));
        var pipeline = new CommitPipeline(parts.Recovered.Engine, log, store, parts.Recovered.Encoder, head, parts.Subjects, store.Commit);
        await using var node = new NodeFixture();

        pipeline.Commit([[node.AdmitAccount("a")]], 2_000_000);
        pipeline.Commit([[node.AdmitAccount("b")]], 1_000_000);

        Assert.Equal(2, Receipt.Parser.ParseFrom(store.ReadLeaf(1)).OrderedAt.Seconds);
        Assert.Equal(1_000_000, head.Newest.SignedAtMicros);
    }

    [Fact]
    public async Task Commit_KeyTakenAndReplayedAlone_WritesNothing()
    {
        var writes = 0;
        await using var fixture = new NodeFixture(commit =>
        {
            writes++;
            commit();
        });
        fixture.Node.Start();
        var prepared = fixture.Sign("platform", payload => payload.OpenAccount = Market.Wallet());
        var command = fixture.Admit(prepared);
        var first = await fixture.SubmitAsync(command);
        var other = command with { Command = command.Command with { PayloadHash = default } };

        var group = await fixture.SubmitAsync(command, other);

        Assert.Equal(1, writes);
        Assert.True(Assert.IsType<Committed>(group.Outcomes[0]).Replayed);
        Assert.Equal(new KeyTaken(0), group.Outcomes[1]);
        Assert.Equal(first.Checkpoint, group.Checkpoint);
    }
}
