using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.InferenceServer.Services.Importing;

/// <summary>
/// Streams files into a running server over gRPC. Memory is bounded: one portion of works and one of events. What the
/// server refuses as a whole, or its absence, is an <see cref="ImportException"/>.
/// </summary>
internal sealed class ImportClient(GrpcChannel channel, TimeProvider time)
{
    private const int EventsMax = 1000;
    private const int WorksMax = 1000;
    private const int WorkBytesMax = 2 << 20;
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StreamLimit = TimeSpan.FromHours(6);

    /// <summary>Sends works; what the contract refuses is added to the report.</summary>
    public async Task<UpsertWorksResponse> SendWorksAsync(IEnumerable<CatalogueRow> rows, ImportReport report, CancellationToken cancellationToken)
    {
        var client = new CatalogService.CatalogServiceClient(channel);
        var sum = new UpsertWorksResponse();
        var portion = new Dictionary<string, Work>();
        var bytes = 0;
        foreach (var row in rows)
        {
            if (ImportTranslation.ToProto(row, out var fault) is not { } work)
            {
                report.Refuse($"work {row.WorkId}", fault);
                continue;
            }

            if (portion.Count == WorksMax || bytes > WorkBytesMax || portion.ContainsKey(work.WorkId))
            {
                await SendAsync();
            }

            portion.Add(work.WorkId, work);
            bytes += work.CalculateSize();
        }

        await SendAsync();
        return sum;

        async Task SendAsync()
        {
            if (portion.Count == 0)
            {
                return;
            }

            var request = new UpsertWorksRequest { IdempotencyKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)), Works = { portion.Values } };
            var answer = await TranslateAsync(client.UpsertWorksAsync(request, deadline: Deadline(WriteLimit), cancellationToken: cancellationToken).ResponseAsync);
            (sum.Created, sum.Updated, sum.Unchanged) = (sum.Created + answer.Created, sum.Updated + answer.Updated, sum.Unchanged + answer.Unchanged);
            portion.Clear();
            bytes = 0;
        }
    }

    /// <summary>Sends events in one stream; <paramref name="progress"/> is told how many were sent so far.</summary>
    public async Task<RecordEventsResponse> SendEventsAsync(IEnumerable<HistoryRow> rows, Action<long> progress, CancellationToken cancellationToken)
    {
        var client = new EventService.EventServiceClient(channel);
        using var call = client.RecordEvents(deadline: Deadline(StreamLimit), cancellationToken: cancellationToken);
        var sent = 0L;
        try
        {
            foreach (var portion in rows.Chunk(EventsMax))
            {
                var request = new RecordEventsRequest();
                request.Events.AddRange(portion.Select(ImportTranslation.ToProto));
                await call.RequestStream.WriteAsync(request, cancellationToken);
                progress(sent += portion.Length);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            // The server ended the call early: its status, awaited below, says why.
        }

        return await TranslateAsync(call.ResponseAsync);
    }

    /// <summary>Events that the serving counts model has taken in, and events recorded since.</summary>
    public async Task<(long Trained, long Newer)> ModelStateAsync(CancellationToken cancellationToken)
    {
        var answer = await TranslateAsync(new ModelService.ModelServiceClient(channel).ListModelsAsync(
            new ListModelsRequest { Name = ModelTranslation.CountsName }, deadline: Deadline(WriteLimit), cancellationToken: cancellationToken).ResponseAsync);
        var metrics = answer.Models.Single().Metrics.ToDictionary(metric => metric.Name, metric => (long)metric.Value);
        return (metrics[ModelTranslation.EventsMetric], metrics[ModelTranslation.NewEventsMetric]);
    }

    private async Task<T> TranslateAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (RpcException failure)
        {
            throw new ImportException($"{channel.Target} answered {failure.StatusCode}: {failure.Status.Detail}", failure);
        }
    }

    private DateTime Deadline(TimeSpan limit) => time.GetUtcNow().UtcDateTime + limit;
}
