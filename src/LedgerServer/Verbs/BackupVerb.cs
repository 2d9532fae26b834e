using System.CommandLine;

using KpGrpc.LedgerServer.Backup;
using KpGrpc.LedgerServer.Configuration;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>backup --data D --genesis F --to D</c>, or <c>backup --running --to D</c>: exit code 0, 1 for a damaged ledger, 78 for paths that cannot be used.</summary>
internal static class BackupVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data") { Description = "Data folder of a stopped ledger", DefaultValueFactory = _ => new LedgerOptions().DataDirectory };
        var genesis = new Option<string>("--genesis") { Description = "Genesis file", DefaultValueFactory = _ => new LedgerOptions().GenesisPath };
        var to = new Option<string>("--to") { Description = "Folder of the backup; new or empty. On the data folder's file system it is made of hard links, at once", Required = true };
        var running = new Option<bool>("--running") { Description = "Asks the running server whose Ledger:BackupDirectory is the parent folder of --to" };
        var wait = new Option<TimeSpan>("--wait") { Description = "Longest wait for the running server", DefaultValueFactory = _ => TimeSpan.FromMinutes(10) };
        var verb = new Command("backup", "Makes a backup of a ledger, without the log's secret key") { data, genesis, to, running, wait };
        verb.SetAction((result, cancellationToken) => VerbFaults.GuardAsync("backup", error, async () =>
        {
            if (result.GetValue(running))
            {
                await RunningBackup.AskAsync(result.GetRequiredValue(to), result.GetRequiredValue(wait), cancellationToken);
                await output.WriteLineAsync($"backup: made by the running server in {Path.GetFullPath(result.GetRequiredValue(to))}");
                return 0;
            }

            var entries = LedgerBackup.Make(result.GetRequiredValue(data), result.GetRequiredValue(genesis), result.GetRequiredValue(to));
            await output.WriteLineAsync($"backup: {entries} receipts in {Path.GetFullPath(result.GetRequiredValue(to))}");
            return 0;
        }));
        return verb;
    }
}
