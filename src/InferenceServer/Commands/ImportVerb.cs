using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Grpc.Net.Client;
using KpGrpc.InferenceServer.Commands.Tagging;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Hosting;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Services.Importing;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary><c>import</c>: streams a catalogue and a behaviour history into a running server.</summary>
internal static class ImportVerb
{
    private const int Failed = 1;
    private const double TakenIn = 0.99; // of the events known at the end of the import
    private static readonly TimeSpan ModelLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ModelTick = TimeSpan.FromMilliseconds(200);

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var server = new Option<Uri>("--server")
        {
            Description = "Address of the server's gRPC port.",
            CustomParser = ParseAddress,
            DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{InferenceServerApp.GrpcPort}"),
        };
        var catalogue = new Option<FileInfo?>("--catalogue") { Description = "Works: CSV or JSON Lines, or MOOCCubeX courses.csv." };
        var history = new Option<FileInfo[]>("--history") { Description = "Behaviour: CSV, JSON Lines, RecBole .inter, 'user item' or 'user item item …' lines. May be given more than once.", DefaultValueFactory = _ => [] };
        var format = new Option<HistoryFormat>("--format") { Description = "How the history is written.", DefaultValueFactory = _ => HistoryFormat.Auto };
        var kind = new Option<EventKind>("--kind") { Description = "What happened where the history does not say.", DefaultValueFactory = _ => EventKind.Enrol };
        var prices = new Option<FileInfo?>("--prices") { Description = "CSV with a column 'price' whose distribution prices the works, by the hash of their id." };
        var wait = new Option<bool>("--wait") { Description = "Wait until the counts model has taken the history in." };
        var verb = new Command("import", "Streams a catalogue and a behaviour history into a running server.") { server, catalogue, history, format, kind, prices, wait };
        verb.Subcommands.Add(CopyTaggerVerb.Import(console));
        verb.Validators.Add(result =>
        {
            if (result.GetResult(catalogue) is null or { Implicit: true } && result.GetResult(history) is null or { Implicit: true })
            {
                result.AddError("import needs --catalogue, --history or both.");
            }
        });
        verb.SetAction((parsed, cancellationToken) => RunAsync(
            console,
            time,
            new ImportPlan(
                parsed.GetValue(server)!, parsed.GetValue(catalogue)?.FullName, [.. parsed.GetValue(history)!.Select(file => file.FullName)],
                parsed.GetValue(format), parsed.GetValue(kind), parsed.GetValue(prices)?.FullName, parsed.GetValue(wait)),
            cancellationToken));
        return verb;
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
        {
            return address;
        }

        result.AddError($"--server must be an address such as http://127.0.0.1:{InferenceServerApp.GrpcPort}, not '{text}'.");
        return null;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, TimeProvider time, ImportPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            using var channel = GrpcChannel.ForAddress(plan.Server);
            var client = new ImportClient(channel, time);
            await SendWorksAsync(console, client, plan, cancellationToken);
            foreach (var file in plan.Histories)
            {
                await SendEventsAsync(console, time, client, plan, file, cancellationToken);
            }

            if (plan.Wait)
            {
                await WaitForModelAsync(console, client, time, cancellationToken);
            }

            return 0;
        }
        catch (ImportException failure)
        {
            console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return Failed;
        }
    }

    private static async Task SendWorksAsync(IAnsiConsole console, ImportClient client, ImportPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Catalogue is not { } file)
        {
            return;
        }

        var report = new ImportReport(file);
        var rows = CatalogueReader.Read(file, report);
        if (plan.Prices is { } source)
        {
            var priceReport = new ImportReport(source);
            var prices = PriceDistribution.Read(source, priceReport);
            console.Faults(priceReport);
            rows = rows.Select(row => row with { Price = prices.Of(row.WorkId) });
        }

        var sum = await client.SendWorksAsync(rows, report, cancellationToken);
        console.Faults(report);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"works: {sum.Created:N0} created, {sum.Updated:N0} updated, {sum.Unchanged:N0} unchanged, {report.Malformed:N0} malformed"));
    }

    private static async Task SendEventsAsync(
        IAnsiConsole console, TimeProvider time, ImportClient client, ImportPlan plan, string file, CancellationToken cancellationToken)
    {
        var report = new ImportReport(file);
        var started = time.GetTimestamp();
        var rows = HistoryReader.Read(file, plan.Format, plan.Kind, report);
        var answer = console.Profile.Out.IsTerminal
            ? await console.Status().StartAsync("events", status => client.SendEventsAsync(
                rows, sent => status.Status(string.Create(CultureInfo.InvariantCulture, $"{sent:N0} events sent")), cancellationToken))
            : await client.SendEventsAsync(rows, _ => { }, cancellationToken);
        console.Faults(report);
        foreach (var rejection in answer.Rejections.Take(ImportReport.ListedMax))
        {
            console.MarkupLineInterpolated($"[yellow]event {rejection.Index} refused: {rejection.Detail}[/]");
        }

        var seconds = time.GetElapsedTime(started).TotalSeconds;
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"events: {answer.Accepted:N0} accepted, {answer.Duplicates:N0} duplicates, {answer.Rejected:N0} refused, {report.Malformed:N0} malformed, in {seconds:F1} s ({report.Read / seconds:N0}/s)"));
    }

    private static async Task WaitForModelAsync(IAnsiConsole console, ImportClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (trained, newer) = await client.ModelStateAsync(cancellationToken);
        var wanted = (trained + newer) * TakenIn;
        using var timer = new PeriodicTimer(ModelTick, time);
        while (time.GetElapsedTime(started) < ModelLimit)
        {
            if (trained >= wanted)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"model: counts, trained on {trained:N0} events"));
                return;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
            (trained, _) = await client.ModelStateAsync(cancellationToken);
        }

        throw new ImportException("The counts model was not trained within five minutes; the server's log says why.");
    }
}
