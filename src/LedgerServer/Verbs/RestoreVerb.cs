using System.CommandLine;

using KpGrpc.LedgerServer.Backup;
using KpGrpc.LedgerServer.Configuration;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>restore --from D --data D --vkey F</c>: exit code 0, 1 where the backup is damaged or differs, 78 for paths that cannot be used.</summary>
internal static class RestoreVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var from = new Option<string>("--from") { Description = "Folder of the backup", Required = true };
        var data = new Option<string>("--data") { Description = "Data folder to make; new or empty", DefaultValueFactory = _ => new LedgerOptions().DataDirectory };
        var vkey = new Option<string>("--vkey") { Description = "File with the log's C2SP verifier key, from a trusted place", DefaultValueFactory = _ => "data/network/log.vkey" };
        var verb = new Command("restore", "Audits a copy of a backup and makes it the data folder if nothing differs") { from, data, vkey };
        verb.SetAction(result => VerbFaults.Guard("restore", error, () =>
        {
            var log = LogVerifierFile.Read(result.GetRequiredValue(vkey));
            var differences = LedgerBackup.Restore(result.GetRequiredValue(from), result.GetRequiredValue(data), log, output);
            output.WriteLine(differences == 0
                ? $"restore: made {Path.GetFullPath(result.GetRequiredValue(data))}"
                : $"restore: {differences} difference(s); nothing was restored");
            return differences == 0 ? 0 : 1;
        }));
        return verb;
    }
}
