using System.Security.Cryptography;
using System.Text;

using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;

using Proto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>A run as lines of text, held to a file of <c>Vectors</c>: a line a receipt, the root, the state and each column.</summary>
internal static class GoldenVector
{
    /// <summary>Fails where the run is another than the file says, and leaves what it gave in a file to look at.</summary>
    public static async Task CheckAsync(GoldenRun run, string name)
    {
        var (golden, actual) = (Read(name), Describe(run));
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetFileNameWithoutExtension(name)}-{Environment.ProcessId}.txt");
        if (actual != golden)
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.True(actual == golden, $"the script gave other bytes, from '{FirstDifference(golden, actual)}' on; what it gave stands in {path}");
    }

    private static string Describe(GoldenRun run)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        foreach (var (sequence, leaf) in run.Leaves.Index())
        {
            var receipt = Proto.Receipt.Parser.ParseFrom(leaf);
            Line($"{sequence} {receipt.CommandKind} {(receipt.Status == Proto.ReceiptStatus.Accepted ? "accepted" : receipt.RejectionReason)} {MerkleHasher.HashLeaf(leaf).ToHex()}");
        }

        Line($"root {run.Root.ToHex()}");
        Line($"state {Convert.ToHexStringLower(SHA256.HashData(run.State))}");
        foreach (var column in StoreLayout.Columns.Where(run.Columns.ContainsKey))
        {
            Line($"column {column} {run.Columns[column]}");
        }

        return text.ToString();
    }

    // The receipts stand first: where the root differs, the first that differs says why.
    private static string FirstDifference(string golden, string actual) =>
        golden.Split('\n').Zip(actual.Split('\n')).Where(pair => pair.First != pair.Second).Select(pair => pair.First).FirstOrDefault("the end");

    private static string Read(string name)
    {
        using var stream = typeof(GoldenVector).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
