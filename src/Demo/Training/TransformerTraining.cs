using System.Globalization;
using Grpc.Core;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.Demo.Training;

/// <summary>
/// The transformer's training: ordered once of the InferenceServer, and followed while the story goes on. Disposing it
/// goes away from the server, which stops the training at its last checkpoint.
/// </summary>
internal sealed class TransformerTraining : IAsyncDisposable
{
    private readonly CancellationTokenSource leave = new();
    private readonly Task<ModelVersion> running;
    private volatile TrainResponse? latest;
    private TrainResponse? told;

    private TransformerTraining(ModelService.ModelServiceClient models, TrainRequest request) => running = FollowAsync(models, request);

    /// <summary>Completes with the published version; fails with what the server says.</summary>
    public Task<ModelVersion> Published => running;

    /// <summary>Orders the training.</summary>
    /// <param name="models">The InferenceServer's model service.</param>
    /// <param name="request">What to train.</param>
    public static TransformerTraining Start(ModelService.ModelServiceClient models, TrainRequest request) => new(models, request);

    /// <summary>How far it is, where that changed since it was last asked; else null.</summary>
    public string? News()
    {
        var now = latest;
        if (now is null || ReferenceEquals(now, told) || running.IsCompleted)
        {
            return null;
        }

        told = now;
        return Line(now);
    }

    /// <summary>One report as a line for people.</summary>
    public static string Line(TrainResponse report)
    {
        var parts = new List<string> { $"transformer: {Stage(report)}" };
        if (report.HasLoss)
        {
            parts.Add(Number("loss", report.Loss, "0.000"));
        }

        parts.AddRange(report.Metrics.Where(metric => metric.Name == "ndcg@10").Select(metric => Number("validation NDCG@10", metric.Value, "0.0000")));
        if (report.Elapsed is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.ToTimeSpan().TotalSeconds:0} s"));
        }

        return string.Join(", ", parts);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await leave.CancelAsync();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leave.Dispose();
    }

    private async Task<ModelVersion> FollowAsync(ModelService.ModelServiceClient models, TrainRequest request)
    {
        using var call = models.Train(request, cancellationToken: leave.Token);
        await foreach (var report in call.ResponseStream.ReadAllAsync(leave.Token))
        {
            if (report.Published is not null)
            {
                return report.Published;
            }

            latest = report;
        }

        throw new DemoException("the training ended without a published version");
    }

    private static string Stage(TrainResponse report) => report.Stage switch
    {
        TrainingStage.Preparing => report.Message.Length > 0 ? $"reads {report.Message}" : "reads the history",
        TrainingStage.Validating => $"checks epoch {report.Epoch} of {report.EpochsMax}",
        _ => $"epoch {report.Epoch} of {report.EpochsMax}",
    };

    private static string Number(string name, double value, string format) => $"{name} {value.ToString(format, CultureInfo.InvariantCulture)}";
}
