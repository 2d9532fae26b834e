using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>Leaves the receipt as files that any tool can check, and checks them once with our own.</summary>
internal sealed class EvidenceStep : IStoryStep
{
    public string Name => "The evidence stays with you";

    public TimeSpan Deadline => TimeSpan.FromSeconds(60);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var proof = session.Story.Purchase.Receipt.Proof;
        var leafFile = session.Settings.DemoFile("receipt.leaf");
        var proofFile = session.Settings.DemoFile("receipt.tlog-proof");
        var keyFile = session.Settings.DemoFile("log.vkey");
        await File.WriteAllBytesAsync(leafFile, proof.Leaf.ToByteArray(), cancellationToken);
        await File.WriteAllTextAsync(proofFile, proof.TlogProof, cancellationToken);
        await File.WriteAllTextAsync(keyFile, session.Network.LogVkey + "\n", cancellationToken);

        var executable = session.Binaries.Find(ServerProgram.Ledger);
        string[] arguments = ["verify", "--leaf", leafFile, "--proof", proofFile, "--vkey", keyFile];
        var output = await ProcessRun.ToEndAsync(
            "LedgerServer verify", executable, arguments, session.Settings.DemoFile("logs", "verify.log"), cancellationToken);

        session.Console.Fact("leaf", leafFile);
        session.Console.Fact("C2SP tlog-proof", proofFile);
        session.Console.Fact("log's C2SP vkey", keyFile);
        session.Console.Line("Check them with our verifier, servers running or not:");
        session.Console.Copyable($"{executable} {string.Join(' ', arguments)}");
        foreach (var line in output)
        {
            session.Console.Copyable($"| {line}");
        }

        session.Console.Line("or with any tool that reads c2sp.org/tlog-proof@v1: the leaf's hash is SHA-256(0x00 || receipt.leaf) (RFC 6962).");
    }
}
