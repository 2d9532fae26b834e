using System.CommandLine;

using KpGrpc.LedgerServer.Audit;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.ServiceDefaults.Hosting;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>
/// <c>audit --data D --genesis F --vkey F</c>: replays everything and recomputes every signature, receipt, root and the
/// trial balance. Exit code 0 where all agree, 1 at any difference, 78 for files that cannot be used.
/// </summary>
internal static class AuditVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data") { Description = "Data folder of a stopped ledger", DefaultValueFactory = _ => new LedgerOptions().DataDirectory };
        var genesis = new Option<string>("--genesis") { Description = "Genesis file", DefaultValueFactory = _ => new LedgerOptions().GenesisPath };
        var vkey = new Option<string>("--vkey") { Description = "File with the log's C2SP verifier key", DefaultValueFactory = _ => "data/network/log.vkey" };
        var verb = new Command("audit", "Replays a stopped ledger and recomputes every signature, receipt, root and the trial balance") { data, genesis, vkey };
        verb.SetAction(result =>
        {
            try
            {
                var log = LogVerifierFile.Read(result.GetRequiredValue(vkey));
                var differences = LedgerAudit.Run(result.GetRequiredValue(data), GenesisFile.Read(result.GetRequiredValue(genesis), "--genesis"), log, output);
                output.WriteLine(differences == 0 ? "audit: no difference" : $"audit: {differences} difference(s)");
                return differences == 0 ? 0 : 1;
            }
            catch (RocksDbException exception)
            {
                error.WriteLine($"audit: difference: the store is damaged: {exception.Message.ReplaceLineEndings(" ")}");
                return 1;
            }
            catch (Exception exception) when (exception is StartupException or IOException or UnauthorizedAccessException or FormatException)
            {
                error.WriteLine($"audit: {exception.Message}");
                return ServerProgram.ExitConfiguration;
            }
        });
        return verb;
    }
}
