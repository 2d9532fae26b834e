using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Commands.Tagging;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Export;
using KpGrpc.InferenceServer.Services.Exporting;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Hosting;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary><c>export events</c>: the recorded events as a Parquet file, out of the folder of a server that may be running.</summary>
internal static class ExportVerb
{
    private const int Failed = 1;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console) => new("export", "Writes what the server holds into files that other tools read.") { Events(console), CopyTaggerVerb.Export(console) };

    private static Command Events(IAnsiConsole console)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder that the server's Storage:Directory names.", DefaultValueFactory = _ => new DirectoryInfo(new StorageOptions().Directory) };
        var output = new Option<FileInfo>("--output") { Description = "The Parquet file; one that is there is replaced.", Required = true };
        var key = new Option<FileInfo?>("--erasure-key") { Description = "The server's Storage:ErasureKeyPath, where it has one." };
        var since = Time("--since", "Only events that happened then or later, such as 2026-01-31 or 2026-01-31T08:00:00Z.");
        var until = Time("--until", "Only events that happened before.");
        var verb = new Command("events", "Writes the events as Parquet, one row an event, in the order in which they were recorded. Erased learners are left out. Example: export events --output events.parquet --since 2026-01-01")
        {
            data, output, since, until, key,
        };
        verb.SetAction((parsed, cancellationToken) =>
        {
            var from = parsed.GetValue(since)?.ToUnixTimeMilliseconds() ?? long.MinValue;
            var to = parsed.GetValue(until)?.ToUnixTimeMilliseconds() ?? long.MaxValue;
            var folder = parsed.GetValue(data)!.FullName;
            var events = EventLog.Scan(folder, EventTranslation.Decode, parsed.GetValue(key)?.FullName ?? "");
            return RunAsync(
                console, folder, parsed.GetValue(output)!.FullName, events.Where(entry => entry.UnixMilliseconds >= from && entry.UnixMilliseconds < to), cancellationToken);
        });
        return verb;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} must be a date or a time such as 2026-01-31 or 2026-01-31T08:00:00Z, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static async Task<int> RunAsync(
        IAnsiConsole console, string data, string output, IEnumerable<LearnerEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            Task<long> WriteAsync(Action<long> progress) => EventParquet.WriteAsync(output, events.Select(ExportTranslation.ToRow), progress, cancellationToken);
            var written = console.Profile.Out.IsTerminal
                ? await console.Status().StartAsync("events", status => WriteAsync(rows => status.Status(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} events written"))))
                : await WriteAsync(_ => { });
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written:N0} events in {output}"));
            return 0;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or StartupException)
        {
            console.MarkupLineInterpolated($"[red]The events in {data} could not be exported to {output}: {failure.Message}[/]");
            return Failed;
        }
    }
}
