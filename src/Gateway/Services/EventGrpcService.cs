using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Downstream;
using KpGrpc.Protos.Event.V1;

namespace KpGrpc.Gateway.Services;

/// <summary>
/// Relays events to the InferenceServer and, once they are acknowledged, ends the cached profiles of the learners they
/// speak of: who reads her profile after the answer sees her event in it.
/// </summary>
internal sealed class EventGrpcService(EventService.EventServiceClient upstream, ProfileCache profiles) : EventService.EventServiceBase
{
    // Of a larger import the rest of the profiles end by themselves, CacheOptions.ProfileFresh later.
    private const int LearnersMax = 10_000;

    public override Task<RecordEventsResponse> RecordEvents(IAsyncStreamReader<RecordEventsRequest> requestStream, ServerCallContext context) =>
        Away.ExplainAsync(RelayAsync(requestStream, context.CancellationToken), Destination.Inference);

    private async Task<RecordEventsResponse> RelayAsync(IAsyncStreamReader<RecordEventsRequest> requests, CancellationToken cancellationToken)
    {
        using var call = upstream.RecordEvents(cancellationToken: cancellationToken);
        var learners = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var portion in requests.ReadAllAsync(cancellationToken))
            {
                await call.RequestStream.WriteAsync(portion, cancellationToken);
                foreach (var entry in portion.Events)
                {
                    if (learners.Count < LearnersMax)
                    {
                        learners.Add(entry.LearnerId);
                    }
                }
            }

            await call.RequestStream.CompleteAsync();
            return await call.ResponseAsync;
        }
        catch (InvalidOperationException)
        {
            // The server has ended the call already: its status says why.
            return await call.ResponseAsync;
        }
        finally
        {
            // Also after a failure: an unknown part was recorded.
            await profiles.InvalidateAsync(learners);
        }
    }
}
