using System.Globalization;
using Grpc.Core;
using KpGrpc.InferenceLoad.Models;
using KpGrpc.InferenceLoad.Peers;
using KpGrpc.InferenceLoad.Running;
using KpGrpc.InferenceLoad.Servers;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.Perf.Harness.Callers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.InferenceLoad.Workloads;

/// <summary>Texts through the tagger of a real server: throughput beside the plain way, overload, cancellation, swaps.</summary>
internal sealed class TaggerLoad(InferenceLoadOptions options, FigureList figures, TextWriter output, TimeProvider time)
{
    private const int Callers = 64;
    private const int BulkCallers = 4;
    private const int BulkTexts = 64;
    private const int OutstandingMax = 20_000;
    private const double DelayMs = 2; // Batching:QueueDelayMax
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    private string[] texts = [];
    private InferenceSession session = null!;
    private ProfileService.ProfileServiceClient client = null!;

    private TimeSpan Length => TimeSpan.FromSeconds(options.Seconds);

    /// <summary>Runs the workloads that were asked for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Texts.Length == 0 || !File.Exists(options.Texts))
        {
            await output.WriteLineAsync($"skipped: tagger, batching, overload, swap, cancel. There are no texts at '{options.Texts}'; set KP_DATA_DIR to the folder that holds cluener/");
            return;
        }

        var tagged = TaggedTextReader.Read(options.Texts, TaggedFormat.Auto, new ImportReport(options.Texts));
        texts = [.. tagged.Select(text => text.Text)];
        var models = Path.Combine(options.Folder, "tagger-models");
        var synthetic = new SyntheticModels(new ModelFolders(models), time);
        var checkpoint = synthetic.PublishTagger(tagged, "v1", options.Folder);
        synthetic.PublishTagger(tagged, "v2", options.Folder);
        var peers = await MeasurePeersAsync(checkpoint, cancellationToken);

        await using (session = await InferenceSession.StartAsync(options.Server, Path.Combine(options.Folder, "tagger-server"), models, time, cancellationToken))
        {
            client = new ProfileService.ProfileServiceClient(session.Channel);
            var load = await new Load(TagOneAsync, time).ClosedAsync(Callers, Length, cancellationToken);
            await PrintAsync("64 callers", load);
            Throughput(load, peers);
            if (options.Runs("tagger"))
            {
                var bulk = await new Load(TagManyAsync, time).ClosedAsync(BulkCallers, Length, cancellationToken);
                figures.AddLoad("tagger.batched", bulk, session.Process.ResidentMib);
                figures.Add("tagger.batched", "sequences_per_second", bulk.PerSecond * BulkTexts, "1/s", "naive16", peers.Naive16);
                await PrintAsync($"{BulkCallers} callers of {BulkTexts} texts", bulk);
            }

            await RunFurtherAsync(load.PerSecond, cancellationToken);
        }
    }

    private async Task RunFurtherAsync(double capacity, CancellationToken cancellationToken)
    {
        if (options.Runs("batching"))
        {
            await QueueAsync(capacity, cancellationToken);
        }

        if (options.Runs("overload"))
        {
            await OverloadAsync(capacity, cancellationToken);
        }

        if (options.Runs("swap"))
        {
            await new SwapLoad(session, TagOneAsync, figures, output, time).RunAsync(capacity, Length, cancellationToken);
        }

        if (options.Runs("cancel"))
        {
            await CancelAsync(capacity, cancellationToken);
        }
    }

    private async Task<(double Naive, double Naive16, double Full, PytorchPeer? Pytorch)> MeasurePeersAsync(string checkpoint, CancellationToken cancellationToken)
    {
        using var offline = new OfflineTagger(checkpoint, texts, time);
        var (naive, naive16, full) = (offline.Padded(1, Length / 2), offline.Padded(16, Length / 2), offline.Full(Length / 2));
        figures.Add("naive", "per_second", naive, "1/s");
        figures.Add("naive16", "per_second", naive16, "1/s");
        figures.Add("offline", "per_second", full, "1/s");
        await output.WriteLineAsync(FormattableString.Invariant($"in process: naive {naive:0}/s, naive16 {naive16:0}/s, full batches {full:0}/s"));
        var pytorch = options.Peer.Length == 0
            ? null
            : await PytorchPeer.MeasureAsync(options.Peer, checkpoint, options.Texts, Math.Max(5, options.Seconds / 2), output, cancellationToken);
        if (pytorch is not null)
        {
            figures.Add("pytorch.naive", "per_second", pytorch.Naive, "1/s");
            figures.Add("pytorch.naive16", "per_second", pytorch.Naive16, "1/s");
        }

        return (naive, naive16, full, pytorch);
    }

    private void Throughput(LoadResult load, (double Naive, double Naive16, double Full, PytorchPeer? Pytorch) peers)
    {
        var rss = session.Process.ResidentMib;
        if (options.Runs("batching"))
        {
            figures.AddLoad("batching", load, rss, "offline", peers.Full);
        }

        if (options.Runs("tagger"))
        {
            figures.AddLoad("tagger", load, rss, "naive", peers.Naive);
            figures.Add("tagger", "per_second", load.PerSecond, "1/s", "naive16", peers.Naive16);
            if (peers.Pytorch is { } pytorch)
            {
                figures.Add("tagger", "per_second", load.PerSecond, "1/s", "pytorch.naive", pytorch.Naive);
                figures.Add("tagger", "per_second", load.PerSecond, "1/s", "pytorch.naive16", pytorch.Naive16);
            }
        }
    }

    private async Task QueueAsync(double capacity, CancellationToken cancellationToken)
    {
        var load = await new Load(TagOneAsync, time).OpenAsync(0.7 * capacity, Length, OutstandingMax, cancellationToken);
        figures.AddLoad("batching.70-percent", load, session.Process.ResidentMib);
        figures.Add("batching.70-percent", "queue_p99_ms", load.Queue.QuantileMs(0.99), "ms", "delay and one batch", DelayMs + load.Compute.QuantileMs(0.99));
        await PrintAsync("0.7 of that", load);
    }

    private async Task OverloadAsync(double capacity, CancellationToken cancellationToken)
    {
        var running = new Load(TagOneAsync, time).OpenAsync(3 * capacity, Length * 3, OutstandingMax, cancellationToken);
        await Task.Delay(Length, time, cancellationToken); // full batches have come: from here on memory is to be flat
        var before = session.Process.ResidentMib;
        var load = await running;
        figures.AddLoad("overload", load, session.Process.ResidentMib, "capacity", capacity);
        figures.Add("overload", "refused_per_second", load.Refused / load.Elapsed.TotalSeconds, "1/s");
        figures.Add("overload", "rss_growth", session.Process.ResidentMib / before, null);
        await PrintAsync("3 times of that", load);
    }

    private async Task CancelAsync(double capacity, CancellationToken cancellationToken)
    {
        var random = new FastRandom(3);
        var load = await new Load(CancelHalfAsync, time).ClosedAsync(Callers, Length, cancellationToken);
        var after = await new Load(TagOneAsync, time).ClosedAsync(Callers, Length / 2, cancellationToken);
        figures.AddLoad("cancel", after, session.Process.ResidentMib, "capacity", capacity);
        figures.Add("cancel", "cancelled_per_second", load.Cancelled / load.Elapsed.TotalSeconds, "1/s");
        figures.Add("cancel", "errors_meanwhile", load.Failed, null);
        await PrintAsync("half of them cancelled", load);
        await PrintAsync("after that", after);

        async Task<Outcome> CancelHalfAsync(long number, CancellationToken token)
        {
            if (number % 2 == 0)
            {
                return await TagOneAsync(number, token);
            }

            using var caller = CancellationTokenSource.CreateLinkedTokenSource(token);
            int wait;
            lock (random)
            {
                wait = (int)(random.Next() % 50);
            }

            caller.CancelAfter(TimeSpan.FromMilliseconds(wait));
            return await TagOneAsync(number, caller.Token);
        }
    }

    private Task<Outcome> TagOneAsync(long number, CancellationToken cancellationToken) =>
        CallOutcome.OfAsync(client.TagTextAsync(new TagTextRequest { Texts = { TextOf(number) } }, Options(cancellationToken)));

    private Task<Outcome> TagManyAsync(long number, CancellationToken cancellationToken) => CallOutcome.OfAsync(client.TagTextAsync(
        new TagTextRequest { Texts = { Enumerable.Range(0, BulkTexts).Select(text => TextOf((number * BulkTexts) + text)) } }, Options(cancellationToken)));

    private string TextOf(long number) => texts[(int)(number * 7919 % texts.Length)];

    private CallOptions Options(CancellationToken cancellationToken) => new(deadline: (time.GetUtcNow() + CallLimit).UtcDateTime, cancellationToken: cancellationToken);

    private async Task PrintAsync(string what, LoadResult load)
    {
        if (load.Answered == 0)
        {
            throw new LoadException($"{what}: no call was answered, {load.Failed} failed, {load.Refused} were refused; {session.Process.LastOutput()}");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {load.PerSecond:0}/s, p50 {load.Latencies.QuantileMs(0.5):0.0} ms, p99 {load.Latencies.QuantileMs(0.99):0.0} ms; queue p99 {load.Queue.QuantileMs(0.99):0.0} ms, batch p50 {load.Compute.QuantileMs(0.5):0.0} ms; {load.Refused} refused, {load.Cancelled} cancelled, {load.Failed} failed; server {session.Process.ResidentMib:0} MiB"));
    }
}
