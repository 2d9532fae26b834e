using System.CommandLine;

using KpGrpc.LedgerServer.Backup;
using KpGrpc.LedgerServer.Configuration;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>backup --data D --genesis F --to D</c>: exit code 0, 1 for a damaged ledger, 78 for paths that cannot be used.</summary>
internal static class BackupVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data") { Description = "Data folder of a stopped ledger", DefaultValueFactory = _ => new LedgerOptions().DataDirectory };
        var genesis = new Option<string>("--genesis") { Description = "Genesis file", DefaultValueFactory = _ => new LedgerOptions().GenesisPath };
        var to = new Option<string>("--to") { Description = "Folder of the backup; new or empty. On the data folder's file system it is made of hard links, at once", Required = true };
        var verb = new Command("backup", "Makes a backup of a stopped ledger, without the log's secret key") { data, genesis, to };
        verb.SetAction(result => VerbFaults.Guard("backup", error, () =>
        {
            var entries = LedgerBackup.Make(result.GetRequiredValue(data), result.GetRequiredValue(genesis), result.GetRequiredValue(to));
            output.WriteLine($"backup: {entries} receipts in {Path.GetFullPath(result.GetRequiredValue(to))}");
            return 0;
        }));
        return verb;
    }
}
