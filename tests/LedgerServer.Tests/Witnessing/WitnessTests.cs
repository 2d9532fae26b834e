using System.Net;

using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Services;
using KpGrpc.LedgerServer.Witnessing;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Witnessing;

public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly NoteSigner log = NoteSigner.Generate("log.example/main");
    private readonly MemoryNodeStore nodes = new();
    private readonly CompactRange range = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Add_EachAfterTheOneBefore_IsCosignedAlsoAfterARestart()
    {
        Grow(9);
        using (var witness = Open())
        {
            Assert.Equal(200, witness.Add(Request(0, 4)).Status);
            Assert.Equal(200, witness.Add(Request(4, 7)).Status);
        }

        using var again = Open();
        var stale = again.Add(Request(4, 9));
        Assert.Equal((409, "7\n", "text/x.tlog.size"), (stale.Status, stale.Body, stale.ContentType));
        var answer = again.Add(Request(7, 9));
        Assert.True(NoteSignature.TryParse(answer.Body.TrimEnd('\n'), out var line));
        Assert.Equal("witness.example", line.Name);
        Assert.Equal(200, again.Add(Request(9, 9)).Status);
    }

    [Fact]
    public void Add_SplitView_IsNeverCosigned()
    {
        Grow(9);
        using var witness = Open();
        Assert.Equal(200, witness.Add(Request(0, 5)).Status);
        var other = SignedCheckpoint.Sign(new(log.Verifier.Name, 5, MerkleHasher.EmptyRoot), log);
        var later = SignedCheckpoint.Sign(new(log.Verifier.Name, 9, MerkleHasher.EmptyRoot), log);

        Assert.Equal(409, witness.Add(new(5, [], other)).Status);
        Assert.Equal(422, witness.Add(new(5, ProofBuilder.Consistency(nodes, 5, 9), later)).Status);
        Assert.Equal(422, witness.Add(new(5, [], Request(5, 9).Signed)).Status);
        Assert.Equal(400, witness.Add(new(5, [], Request(0, 3).Signed)).Status);
        Assert.Equal(200, witness.Add(Request(5, 9)).Status);
    }

    [Fact]
    public void Add_UnknownLogOrKey_IsRefused()
    {
        Grow(1);
        using var witness = Open();
        using var stranger = NoteSigner.Generate("stranger.example");
        using var impostor = NoteSigner.Generate(log.Verifier.Name);

        Assert.Equal(404, witness.Add(new(0, [], SignedCheckpoint.Sign(new("stranger.example", 1, range.Root()), stranger))).Status);
        Assert.Equal(403, witness.Add(new(0, [], SignedCheckpoint.Sign(new(log.Verifier.Name, 1, range.Root()), impostor))).Status);
    }

    [Fact]
    public async Task TwoServers_OneWitnessesTheOther_CheckpointsAreCertified()
    {
        await using var witnessed = new LedgerFixture();
        var key = folder.Combine("witness.key");
        using var cosigner = Cosigner.Generate("b.example/witness", TimeProvider.System);
        SecretKeyFile.Write(key, cosigner.ExportPrivateKey(), development: true);
        await using var witness = await LedgerFixture.StartAsync(
            null, $"Witness:KeyPath={key}", $"Witness:StateDirectory={folder.Combine("state")}", $"Witness:Logs:0={witnessed.LogVerifierKey}");
        await witnessed.StartServerAsync(
            null, $"Ledger:Witnesses:0={cosigner.Verifier}", "Ledger:WitnessesNeeded=1", $"Ledger:WitnessUrls:0={witness.Server.HttpAddress}witness", "Ledger:WitnessInterval=00:00:00.1");
        await LogEndpointsTests.GrowAsync(witnessed, 3);
        using var http = new HttpClient { BaseAddress = witnessed.Server.HttpAddress };

        var signed = await UntilCosignedAsync(http, witnessed, cosigner.Verifier);

        Assert.Equal(3UL, signed.Checkpoint.Size);
        using var body = new StringContent("old x\n\n");
        using var malformed = await http.PostAsync(new Uri(witness.Server.HttpAddress, "witness/add-checkpoint"), body, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
    }

    private static async Task<SignedCheckpoint> UntilCosignedAsync(HttpClient http, LedgerFixture fixture, NoteVerifier witness)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            var signed = await LogEndpointsTests.CheckpointAsync(http, fixture);
            if (signed.Note.VerifyBy(witness) == NoteCheck.Verified)
            {
                return signed;
            }
        }

        throw new TimeoutException("the checkpoint was not cosigned");
    }

    private Witness Open() => new(
        Cosigner.FromSeed("witness.example", new byte[32], TimeProvider.System), WitnessStore.Open(folder.Combine("state")), [log.Verifier]);

    private void Grow(int leaves)
    {
        Span<MerkleNode> completed = stackalloc MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (var i = 0; i < leaves; i++)
        {
            nodes.Add(completed[..range.Append(MerkleHasher.HashLeaf([(byte)i]), completed)]);
        }
    }

    private AddCheckpointRequest Request(ulong from, ulong to) =>
        new(from, ProofBuilder.Consistency(nodes, from, to), SignedCheckpoint.Sign(new(log.Verifier.Name, to, ProofBuilder.Root(nodes, to)), log));
}
