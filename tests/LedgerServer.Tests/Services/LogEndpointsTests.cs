using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Verification;

namespace KpGrpc.LedgerServer.Tests.Services;

/// <summary>Reads the log as a tool would that knows the specification alone, without our tile code.</summary>
public sealed class LogEndpointsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_OverOneTile_EntriesAndTilesGiveTheSignedRoot()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await GrowAsync(fixture, 300);
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };
        var checkpoint = await CheckpointAsync(http, fixture);
        Assert.Equal(300UL, checkpoint.Checkpoint.Size);

        var leaves = Split(await http.GetByteArrayAsync("/log/tile/entries/000", Stop)).Concat(Split(await http.GetByteArrayAsync("/log/tile/entries/001.p/44", Stop))).ToArray();
        var tiles = (await http.GetByteArrayAsync("/log/tile/0/000", Stop)).Concat(await http.GetByteArrayAsync("/log/tile/0/001.p/44", Stop)).Chunk(32).ToArray();

        Assert.Equal(300, leaves.Length);
        Assert.Equal(leaves.Select(leaf => Convert.ToHexString(SHA256.HashData([0, .. leaf]))), tiles.Select(Convert.ToHexString));
        Assert.Equal(checkpoint.Checkpoint.Root.ToHex(), Convert.ToHexStringLower(Root(tiles)));
        Assert.Equal(Convert.ToHexString(Root(tiles[..256])), Convert.ToHexString(await http.GetByteArrayAsync("/log/tile/1/000.p/1", Stop)));
    }

    [Fact]
    public async Task Log_Headers_SayWhatMayBeCached()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await GrowAsync(fixture, 3);
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };

        using var tile = await http.GetAsync("/log/tile/0/000.p/2", Stop);
        using var checkpoint = await http.GetAsync("/log/checkpoint", Stop);

        Assert.Contains("immutable", tile.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/octet-stream", tile.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", checkpoint.Headers.CacheControl!.ToString());
        Assert.Equal("text/plain", checkpoint.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/000.p/4")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/0.p/1")]
    [InlineData("tile/entries/000.p/4")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/64/000.p/1")]
    [InlineData("proof/3")]
    [InlineData("proof/00")]
    [InlineData("proof/-1")]
    [InlineData("proof/99999999999999999999999")]
    [InlineData("nothing")]
    public async Task Log_WhatTheTreeHasNot_Is404(string path)
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await GrowAsync(fixture, 3);
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };

        using var answer = await http.GetAsync($"/log/{path}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Proof_OfAReceipt_VerifiesOffline()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await GrowAsync(fixture, 5);
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };

        var proof = await http.GetByteArrayAsync("/log/proof/3", Stop);

        var leaf = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = 3 }, cancellationToken: Stop)).Receipt.Leaf;
        Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(leaf.Span, proof, fixture.LogVerifierKey));
        Assert.IsType<ReceiptVerdict.Refused>(ReceiptVerifier.Verify([.. leaf.Span, 0], proof, fixture.LogVerifierKey));
    }

    /// <summary>Commands until the log has a size.</summary>
    internal static Task GrowAsync(LedgerFixture fixture, int size) => GrowFromAsync(fixture, 0, size);

    /// <summary>Commands that take a log from one size to another.</summary>
    internal static async Task GrowFromAsync(LedgerFixture fixture, int from, int size)
    {
        for (var i = from; i < size; i++)
        {
            await fixture.AcceptAsync("platform", payload => payload.OpenAccount = new(Market.Wallet()) { AccountId = $"wallet-{i}" });
        }
    }

    internal static async Task<SignedCheckpoint> CheckpointAsync(HttpClient http, LedgerFixture fixture)
    {
        Assert.True(SignedCheckpoint.TryParse(await http.GetByteArrayAsync("/log/checkpoint", Stop), out var signed, out var fault), fault);
        Assert.Equal(NoteCheck.Verified, signed.Note.VerifyBy(NoteVerifier.Parse(fixture.LogVerifierKey)));
        return signed;
    }

    private static IEnumerable<byte[]> Split(byte[] bundle)
    {
        for (var at = 0; at < bundle.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            yield return bundle[(at + 2)..(at + 2 + length)];
            at += 2 + length;
        }
    }

    // RFC 6962 section 2.1, word for word.
    private static byte[] Root(byte[][] hashes)
    {
        if (hashes.Length == 1)
        {
            return hashes[0];
        }

        var k = 1;
        while (k * 2 < hashes.Length)
        {
            k *= 2;
        }

        return SHA256.HashData([1, .. Root(hashes[..k]), .. Root(hashes[k..])]);
    }
}
