using System.Text;

using CsCheck;

using KpGrpc.LedgerServer.Witnessing;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Tests.Witnessing;

public sealed class AddCheckpointRequestTests
{
    [Fact]
    public void TryParse_WhatToStringWrote_GivesItBack()
    {
        var text = Sample();

        Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(text), out var request, out var fault), fault);

        Assert.Equal(7UL, request.OldSize);
        Assert.Equal(2, request.Proof.Count);
        Assert.Equal(text, request.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 1\n")]
    [InlineData("old 01\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("new 1\n\n")]
    [InlineData("old 1\nnot base64\n\n")]
    [InlineData("old 1\nAAAA\n\n")]
    public void TryParse_OtherForms_SaysWhy(string start)
    {
        Assert.False(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(start + Note()), out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_AnyBytes_IsRefused() =>
        Gen.Byte.Array[0, 300].Sample(bytes => !AddCheckpointRequest.TryParse(bytes, out _, out _), iter: 5_000);

    [Fact]
    public void TryParse_OneByteChanged_IsRefusedOrReadAsItStands()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample());
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                byte[] changed = [.. bytes];
                changed[at] = value;
                return !AddCheckpointRequest.TryParse(changed, out var request, out _)
                    || Encoding.UTF8.GetBytes(request.ToString()).AsSpan().SequenceEqual(changed);
            },
            iter: 5_000);
    }

    private static string Sample() => new AddCheckpointRequest(7, [MerkleHasher.EmptyRoot, MerkleHasher.HashLeaf([1])], Signed()).ToString();

    private static string Note() => Signed().ToString();

    private static SignedCheckpoint Signed()
    {
        using var log = NoteSigner.FromSeed("log.example", new byte[32]);
        return SignedCheckpoint.Sign(new Checkpoint("log.example", 9, MerkleHasher.EmptyRoot), log);
    }
}
