using KpGrpc.Client.LogViews;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.LogViews;

public sealed class LogViewTests : IDisposable
{
    private const int Entries = 20;

    private readonly TemporaryDirectory folder = new();
    private readonly SmallLog log = new(Entries);

    private string Kept => folder.Combine("main.view");

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Take_EveryPairOfSizes_MovesOnAndNeverBack()
    {
        for (ulong first = 0; first <= Entries; first++)
        {
            for (ulong second = 0; second <= Entries; second++)
            {
                File.Delete(Kept);
                using var view = LogView.Open(Kept, log.Policy);
                Assert.True(Assert.IsType<LogViewVerdict.Consistent>(view.Take(log.Sign(first).ToBytes(), [])).Advanced);

                var verdict = Assert.IsType<LogViewVerdict.Consistent>(view.Take(log.Sign(second).ToBytes(), log.Consistency(Math.Min(first, second), Math.Max(first, second))));

                Assert.Equal((second > first, Math.Max(first, second)), (verdict.Advanced, view.Newest!.Checkpoint.Size));
            }
        }
    }

    [Fact]
    public void Open_AfterAnEnd_StandsWhereItStood()
    {
        using (var view = LogView.Open(Kept, log.Policy))
        {
            view.Take(log.Sign(7).ToBytes(), []);
        }

        Assert.Equal(log.Sign(7).ToBytes(), File.ReadAllBytes(Kept));
        using var again = LogView.Open(Kept, log.Policy);
        Assert.Equal(7UL, again.Newest!.Checkpoint.Size);
    }

    [Fact]
    public void Take_OtherTreeOfTheSameSize_IsASplitViewWithBothNotes()
    {
        using var other = new SmallLog(Entries, changed: 3);
        using var view = LogView.Open(Kept, log.Policy);
        view.Take(log.Sign(9).ToBytes(), []);

        var refused = Refused(view, other.Sign(9), []);

        Assert.Equal(LogViewRefusal.SplitView, refused.Reason);
        Assert.Equal((log.Sign(9).ToString(), other.Sign(9).ToString()), (refused.Seen!.ToString(), refused.Shown!.ToString()));
    }

    [Theory]
    [InlineData(5, 9)]
    [InlineData(8, 16)]
    [InlineData(9, 5)]
    [InlineData(16, 8)]
    public void Take_TreeThatForks_IsRefusedWhateverTheProof(ulong seen, ulong shown)
    {
        using var other = new SmallLog(Entries, changed: 2);
        var (from, to) = (Math.Min(seen, shown), Math.Max(seen, shown));
        foreach (var proof in new[] { [], log.Consistency(from, to), other.Consistency(from, to) })
        {
            File.Delete(Kept);
            using var view = LogView.Open(Kept, log.Policy);
            view.Take(log.Sign(seen).ToBytes(), []);

            Assert.Equal(LogViewRefusal.NotConsistent, Refused(view, other.Sign(shown), proof).Reason);
        }
    }

    [Fact]
    public void Take_ProofWithAnyHashChanged_IsRefused()
    {
        using var view = LogView.Open(Kept, log.Policy);
        view.Take(log.Sign(6).ToBytes(), []);
        var proof = log.Consistency(6, 17);
        for (var i = 0; i < proof.Length; i++)
        {
            var bytes = proof[i].ToArray();
            bytes[i] ^= 1;
            Hash256[] changed = [.. proof[..i], new Hash256(bytes), .. proof[(i + 1)..]];
            Assert.Equal(LogViewRefusal.NotConsistent, Refused(view, log.Sign(17), changed).Reason);
        }

        Assert.Equal(LogViewRefusal.NotConsistent, Refused(view, log.Sign(17), [.. proof, proof[0]]).Reason);
        Assert.Equal(LogViewRefusal.NotConsistent, Refused(view, log.Sign(17), proof[1..]).Reason);
    }

    [Fact]
    public void Take_NobodysCheckpoint_IsRefused()
    {
        using var stranger = NoteSigner.FromSeed(SmallLog.Origin, [.. Enumerable.Repeat((byte)1, NoteSigner.SeedSize)]);
        using var view = LogView.Open(Kept, log.Policy);
        var forged = SignedCheckpoint.Sign(log.Sign(4).Checkpoint, stranger);

        Assert.Equal(LogViewRefusal.NotTrusted, Refused(view, forged, []).Reason);
        Assert.Equal(LogViewRefusal.Malformed, Assert.IsType<LogViewVerdict.Refused>(view.Take("no note"u8, [])).Reason);
        Assert.Null(view.Newest);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public void Take_EmptyTreeWithARoot_IsRefused()
    {
        using var signer = NoteSigner.FromSeed(SmallLog.Origin, new byte[NoteSigner.SeedSize]);
        using var view = LogView.Open(Kept, log.Policy);
        var impossible = SignedCheckpoint.Sign(new Checkpoint(SmallLog.Origin, 0, MerkleHasher.HashLeaf([1])), signer);

        Assert.Equal(LogViewRefusal.NotConsistent, Refused(view, impossible, []).Reason);
    }

    [Fact]
    public void Open_FileThatWasChanged_IsNeverTakenForANewOne()
    {
        using (var view = LogView.Open(Kept, log.Policy))
        {
            view.Take(log.Sign(7).ToBytes(), []);
        }

        var whole = File.ReadAllBytes(Kept);
        for (var i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            File.WriteAllBytes(Kept, changed);
            Assert.Throws<InvalidDataException>(() => LogView.Open(Kept, log.Policy));
        }

        File.WriteAllBytes(Kept, []);
        Assert.Contains(Kept, Assert.Throws<InvalidDataException>(() => LogView.Open(Kept, log.Policy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsOpen_IsRefused()
    {
        using var view = LogView.Open(Kept, log.Policy);
        Assert.Throws<IOException>(() => LogView.Open(Kept, log.Policy));
    }

    private static LogViewVerdict.Refused Refused(LogView view, SignedCheckpoint shown, Hash256[] proof)
    {
        var before = view.Newest;
        var refused = Assert.IsType<LogViewVerdict.Refused>(view.Take(shown.ToBytes(), proof));
        Assert.Same(before, view.Newest);
        return refused;
    }
}
