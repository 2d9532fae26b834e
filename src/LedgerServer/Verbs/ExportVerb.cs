using System.CommandLine;

using KpGrpc.LedgerServer.Backup;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary><c>export --data D --genesis F --vkey F --to D --format tiles|jsonl</c>: exit code 0, 1 for a damaged ledger, 78 for paths that cannot be used.</summary>
internal static class ExportVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data") { Description = "Data folder of a stopped ledger", DefaultValueFactory = _ => new LedgerOptions().DataDirectory };
        var genesis = new Option<string>("--genesis") { Description = "Genesis file", DefaultValueFactory = _ => new LedgerOptions().GenesisPath };
        var vkey = new Option<string>("--vkey") { Description = "File with the log's C2SP verifier key", DefaultValueFactory = _ => "data/network/log.vkey" };
        var to = new Option<string>("--to") { Description = "Folder to make; new or empty", Required = true };
        var format = new Option<string>("--format") { Description = "tiles: a C2SP tlog-tiles tree for any static file server; jsonl: entries.jsonl", DefaultValueFactory = _ => "tiles" };
        format.AcceptOnlyFromAmong("tiles", "jsonl");
        var verb = new Command("export", "Writes the log of a stopped ledger for others to read") { data, genesis, vkey, to, format };
        verb.SetAction(result => VerbFaults.Guard("export", error, () =>
        {
            var log = LogVerifierFile.Read(result.GetRequiredValue(vkey));
            using var store = StoreFolder.OpenExisting(result.GetRequiredValue(data), GenesisFile.Read(result.GetRequiredValue(genesis), "--genesis").Identity);
            using var folder = new NewFolder(result.GetRequiredValue(to));
            var entries = result.GetRequiredValue(format) == "jsonl"
                ? LogExport.WriteJsonLines(store, log, folder.Unfinished)
                : LogExport.WriteTiles(store, log, folder.Unfinished);
            folder.Publish();
            output.WriteLine($"export: {entries} receipts in {Path.GetFullPath(result.GetRequiredValue(to))}");
            return 0;
        }));
        return verb;
    }
}
