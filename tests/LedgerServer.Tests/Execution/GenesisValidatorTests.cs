using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Tests.Execution;

public sealed class GenesisValidatorTests
{
    [Fact]
    public void Faults_ForeignLogWithItsOwnKey_AreNone() =>
        Assert.Empty(Faults(Log("other", "example.org/other")));

    [Fact]
    public void Faults_ForeignLogs_NamedOneByOne()
    {
        var good = Log("other", "example.org/other");

        Assert.Contains("foreign_logs[0].ledger_id", Assert.Single(Faults(good with { LedgerId = "has space" })));
        Assert.Contains("this ledger", Assert.Single(Faults(good with { LedgerId = "main" })));
        Assert.Contains("foreign_logs[0].verifier_key", Assert.Single(Faults(good with { VerifierKey = "no key" })));
        Assert.Contains("the origin as its name", Assert.Single(Faults(good with { Origin = "example.org/third" })));
        Assert.Equal(2, Faults(good, good).Count);
        Assert.Contains("foreign_logs.count", Faults([.. Enumerable.Range(0, 65).Select(i => Log($"l{i}", $"o{i}"))])[0]);
    }

    private static IReadOnlyList<string> Faults(params ForeignLog[] logs) =>
        GenesisValidator.Faults(TestLedger.NewGenesis() with { ForeignLogs = logs });

    private static ForeignLog Log(string ledgerId, string origin)
    {
        // The curve's base point: any valid point serves.
        byte[] point = [0x58, .. Enumerable.Repeat((byte)0x66, 31)];
        return new ForeignLog(ledgerId, origin, NoteVerifier.Create(origin, NoteSignatureType.Ed25519, point).ToString());
    }
}
