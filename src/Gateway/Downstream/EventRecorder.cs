using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Gateway.Recording;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Gateway.Downstream;

/// <summary>Records a purchase as an event at the InferenceServer.</summary>
internal sealed class EventRecorder(EventService.EventServiceClient events, TimeProvider time)
{
    private const string Source = "gateway";

    /// <summary>Records an event; recording it twice changes nothing.</summary>
    /// <param name="purchase">The event.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How it ended; a failure is a value here, because a purchase never fails of it.</returns>
    public async Task<RecordingResult> RecordAsync(PurchaseEvent purchase, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            using var call = events.RecordEvents(deadline: time.GetUtcNow().UtcDateTime + limit, cancellationToken: cancellationToken);
            await SendAsync(call.RequestStream, ToEvent(purchase), cancellationToken);
            var answer = await call.ResponseAsync;
            return answer.Rejected == 0 ? RecordingResult.Recorded : RecordingResult.Refused;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode is StatusCode.InvalidArgument or StatusCode.Unimplemented ? RecordingResult.Refused : RecordingResult.Away;
        }
        catch (OperationCanceledException)
        {
            return RecordingResult.Away;
        }
    }

    // A call that ended before it was written to (a refused connection) fails here with whatever the client library
    // happens to throw; how it really ended is the status of its answer.
    private static async Task SendAsync(IClientStreamWriter<RecordEventsRequest> stream, Event purchase, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(new RecordEventsRequest { Events = { purchase } }, cancellationToken);
            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            // The caller awaits the answer next.
        }
    }

    private static Event ToEvent(PurchaseEvent purchase) => new()
    {
        EventId = ByteString.CopyFrom(purchase.EventId.Span),
        LearnerId = purchase.LearnerId,
        WorkId = purchase.WorkId,
        Kind = EventKind.Purchase,
        OccurredAt = Timestamp.FromDateTimeOffset(purchase.OccurredAt),
        Price = new Money { MinorUnits = purchase.MinorUnits, CurrencyCode = purchase.CurrencyCode, Exponent = purchase.Exponent },
        Source = Source,
    };
}
