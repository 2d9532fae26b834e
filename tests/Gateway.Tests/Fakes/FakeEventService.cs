using Grpc.Core;

using KpGrpc.Protos.Event.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Events of <see cref="FakeInference"/>.</summary>
public sealed class FakeEventService(FakeInference inference) : EventService.EventServiceBase
{
    public override async Task<RecordEventsResponse> RecordEvents(IAsyncStreamReader<RecordEventsRequest> requestStream, ServerCallContext context)
    {
        inference.ThrowIfAway();
        if (inference.EventsAway)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        }

        var answer = new RecordEventsResponse();
        await foreach (var portion in requestStream.ReadAllAsync(context.CancellationToken))
        {
            foreach (var entry in portion.Events)
            {
                if (inference.Events.TryAdd(entry.EventId.ToBase64(), entry))
                {
                    answer.Accepted++;
                }
                else
                {
                    answer.Duplicates++;
                }
            }
        }

        return answer;
    }
}
