using System.Globalization;
using Grpc.Core;
using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Demo.Story.Feeds;

/// <summary>The trained transformer passes its checks and takes the traffic; both models' answers stand side by side.</summary>
internal sealed class TransformerStep : IStoryStep
{
    private const int TitleWidth = 46;
    private const string Gate = "ndcg@10";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public string Name => "The transformer takes over";

    public TimeSpan Deadline => TimeSpan.FromMinutes(15);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var version = await TrainedAsync(session, cancellationToken);
        foreach (var metric in version.Metrics)
        {
            session.Console.Fact(metric.Name, metric.Value.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        await LoadAsync(session, version, cancellationToken);
        var counts = await AnswerAsync(session, LearnerClients.Counts, cancellationToken);
        var transformer = await AnswerAsync(session, LearnerClients.Transformer, cancellationToken);
        var titles = session.Data.Works.ToDictionary(work => work.WorkId, work => work.MainTitle());
        session.Console.Table(
            [">#", "the counts recommend", "the transformer recommends"],
            Enumerable.Range(0, Math.Max(counts.Count, transformer.Count)).Select(place => new[]
            {
                $"{place + 1}", TitleAt(counts, place, titles), TitleAt(transformer, place, titles),
            }));
        var shared = counts.Intersect(transformer).Count();
        session.Console.Line($"{shared} of {transformer.Count} works are in both lists.");
    }

    private static async Task<ModelVersion> TrainedAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var training = session.Training;
        using var tick = new PeriodicTimer(Interval, session.Time);
        while (!training.Published.IsCompleted)
        {
            if (training.News() is { } news)
            {
                session.Console.Note(news);
            }

            await Task.WhenAny(training.Published, tick.WaitForNextTickAsync(cancellationToken).AsTask());
            cancellationToken.ThrowIfCancellationRequested();
        }

        var version = await training.Published;
        session.Console.Fact("published", $"{version.Ref.Name}/{version.Ref.Version}, {version.SizeBytes:N0} bytes");
        return version;
    }

    private static async Task LoadAsync(DemoSession session, ModelVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await session.Models().LoadModelAsync(
                new LoadModelRequest { IdempotencyKey = LearnerClients.NewKey(), Model = version.Ref }, cancellationToken: cancellationToken);
            session.Console.Proven($"warmed, its golden answers and its gate ({Gate}) hold: it has the traffic now, and no request waited for the change");
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.FailedPrecondition)
        {
            // As it should be: a version that is worse than the one in traffic stays outside.
            session.Console.Refused($"{failure.Status.Detail}");
        }
    }

    private static async Task<IReadOnlyList<string>> AnswerAsync(DemoSession session, string model, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.Recommendations().RecommendAsync(
                new RecommendRequest { LearnerId = session.Story.Learner.LearnerId, Count = LearnerClients.FeedSize, Model = new ModelRef { Name = model } },
                cancellationToken: cancellationToken);
            return [.. answer.List.Results.Select(work => work.WorkId)];
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            return []; // the gate kept it outside, and none had passed before
        }
    }

    private static string TitleAt(IReadOnlyList<string> list, int place, IReadOnlyDictionary<string, string> titles) =>
        place < list.Count ? CellText.Cut(titles.GetValueOrDefault(list[place], list[place]), TitleWidth) : "";
}
