using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Tests.Log.Cosignatures;

public sealed class WitnessPolicyTests
{
    [Fact]
    public void Read_WhatCannotCertify_IsRefusedByName()
    {
        using var log = NoteSigner.Generate("log.example");

        Assert.Contains("Ledger:WitnessesNeeded is 1", Refuse([], 1), StringComparison.Ordinal);
        Assert.Contains("Ledger:Witnesses:0 is not a C2SP verifier key", Refuse(["x"], 0), StringComparison.Ordinal);
        Assert.Contains("is the key of a log", Refuse([$"{log.Verifier}"], 0), StringComparison.Ordinal);
        Assert.Contains("at most 64", Refuse([.. Enumerable.Repeat("x", 65)], 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notaurl")]
    [InlineData("/witness")]
    [InlineData("ftp://witness.example.org")]
    public void CheckUrls_NotHttp_IsRefusedByName(string url) => Assert.Contains(
        "Ledger:WitnessUrls:1 must be", Assert.Throws<StartupException>(() => WitnessPolicy.CheckUrls(["http://a.example/w", url])).Message, StringComparison.Ordinal);

    [Fact]
    public void IsMet_NothingNeeded_IsNeverMet() => Assert.False(WitnessPolicy.None.IsMet([]));

    private static string Refuse(string[] keys, int needed) => Assert.Throws<StartupException>(() => WitnessPolicy.Read(keys, needed)).Message;
}
