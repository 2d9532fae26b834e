using System.CommandLine;

using KpGrpc.Client.Receipts;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>verify --proof F --leaf F --vkey F</c>: checks a receipt offline. Exit code 0 where it holds, 1 where not, 2 for a file that cannot be read.</summary>
internal static class VerifyVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var proof = new Option<string>("--proof") { Description = "File with the C2SP tlog-proof", Required = true };
        var leaf = new Option<string>("--leaf") { Description = "File with the leaf's bytes", Required = true };
        var vkey = new Option<string>("--vkey") { Description = "File with the log's C2SP verifier key, from a trusted place", Required = true };
        var verb = new Command("verify", "Checks a receipt without asking anybody") { proof, leaf, vkey };
        verb.SetAction(result =>
        {
            try
            {
                return Print(OfflineReceipt.Verify(
                    Read(leaf.Name, result.GetRequiredValue(leaf)),
                    Read(proof.Name, result.GetRequiredValue(proof)),
                    LogVerifierFile.Read(result.GetRequiredValue(vkey)).ToString()), output);
            }
            catch (StartupException exception)
            {
                error.WriteLine($"verify: {exception.Message}");
                return 2;
            }
        });
        return verb;
    }

    private static byte[] Read(string option, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{option} {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static int Print(OfflineReceipt receipt, TextWriter output)
    {
        if (receipt is OfflineReceipt.Verified verified)
        {
            output.WriteLine($"verified: {verified.Receipt.CommandKind} of {verified.Receipt.OrganizationId}, {verified.Receipt.Status}");
            output.WriteLine($"log {verified.Verdict.Origin}, index {verified.Verdict.Index} of {verified.Verdict.Size}, root {verified.Verdict.Root.ToHex()}");
            return 0;
        }

        var refused = (OfflineReceipt.Refused)receipt;
        output.WriteLine($"refused: {refused.Reason}: {refused.Message}");
        return 1;
    }
}
