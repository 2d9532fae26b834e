using KpGrpc.Functional.Tests.Stack;
using KpGrpc.MerkleLog.Verification;

using Xunit;

namespace KpGrpc.Functional.Tests.Story;

/// <summary>The main job, as <c>make run</c> and <c>make demo</c> do it.</summary>
public sealed class DemoTests(RunningServers servers)
{
    [Fact]
    public void Run_SampleCatalogue_TellsTheWholeStory()
    {
        Assert.All(
            ["profile", "feed", "split", "licence", "verified", "statement", "refused"],
            part => Assert.Contains(part, servers.Output, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Run_EvidenceItLeaves_VerifiesWithNothingButTheThreeFiles()
    {
        var (leaf, proof, vkey) = await ReadEvidenceAsync();

        var verdict = ReceiptVerifier.Verify(leaf, proof, vkey);

        Assert.IsType<ReceiptVerdict.Verified>(verdict);
    }

    [Fact]
    public async Task Run_EvidenceWithAnyByteOfTheLeafFlipped_IsRefused()
    {
        var (leaf, proof, vkey) = await ReadEvidenceAsync();

        for (var position = 0; position < leaf.Length; position++)
        {
            leaf[position] ^= 1;
            Assert.IsType<ReceiptVerdict.Refused>(ReceiptVerifier.Verify(leaf, proof, vkey));
            leaf[position] ^= 1;
        }
    }

    [Fact]
    public async Task Verify_CommandLineOnTheEvidence_AcceptsItAndRefusesATamperedLeaf()
    {
        var (leaf, _, _) = await ReadEvidenceAsync();
        var tampered = servers.DataFile("demo", "tampered.leaf");
        leaf[^1] ^= 1;
        await File.WriteAllBytesAsync(tampered, leaf, TestContext.Current.CancellationToken);

        var good = await VerifyAsync(servers.DataFile("demo", "receipt.leaf"));
        var bad = await VerifyAsync(tampered);

        Assert.Equal(0, good.ExitCode);
        Assert.NotEqual(0, bad.ExitCode);
    }

    [Fact]
    public async Task Demo_PortTaken_SaysWhichPortInOneLineAndFails()
    {
        var port = servers.GatewayGrpc.Port;

        var run = await ProgramProcess.RunAsync(
            TimeSpan.FromMinutes(2),
            "dotnet",
            [Repository.Program("KpGrpc.Demo"), "demo", "--data-dir", servers.DataFile("second"), "--gateway-port", $"{port}"],
            ("KP_DATA_DIR", servers.DataFile("no-real-data")));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"{port}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private Task<(int ExitCode, string Output, string Error)> VerifyAsync(string leaf) => ProgramProcess.RunAsync(
        TimeSpan.FromMinutes(1),
        "dotnet",
        [
            Repository.Program("KpGrpc.LedgerServer"), "verify",
            "--proof", servers.DataFile("demo", "receipt.tlog-proof"),
            "--leaf", leaf,
            "--vkey", servers.DataFile("demo", "log.vkey"),
        ]);

    private async Task<(byte[] Leaf, byte[] Proof, string Vkey)> ReadEvidenceAsync()
    {
        var token = TestContext.Current.CancellationToken;
        return (
            await File.ReadAllBytesAsync(servers.DataFile("demo", "receipt.leaf"), token),
            await File.ReadAllBytesAsync(servers.DataFile("demo", "receipt.tlog-proof"), token),
            (await File.ReadAllTextAsync(servers.DataFile("demo", "log.vkey"), token)).Trim());
    }
}
