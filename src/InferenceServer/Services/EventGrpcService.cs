using Grpc.Core;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Event.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>The way in for behaviour; see the contract.</summary>
internal sealed class EventGrpcService(EventRecorder recorder, TimeProvider time) : EventService.EventServiceBase
{
    private const int EventsMax = 1000;
    private const int RejectionsMax = 100;

    /// <inheritdoc />
    public override async Task<RecordEventsResponse> RecordEvents(IAsyncStreamReader<RecordEventsRequest> requestStream, ServerCallContext context)
    {
        var answer = new RecordEventsResponse();
        var index = 0UL;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var violations = new FieldViolations();
            violations.Require(request.Events.Count is >= 1 and <= EventsMax, "events", "must be 1 to 1000");
            violations.ThrowIfAny();

            var wellFormed = Check(request, index, answer);
            var outcomes = wellFormed.Count > 0
                ? await recorder.RecordAsync([.. wellFormed.Select(entry => EventTranslation.ToDomain(entry.Event))], context.CancellationToken)
                : [];
            for (var at = 0; at < outcomes.Count; at++)
            {
                Count(answer, outcomes[at], wellFormed[at]);
            }

            index += (ulong)request.Events.Count;
        }

        return answer;
    }

    private static void Count(RecordEventsResponse answer, EventOutcome outcome, (ulong Index, Event Event) entry)
    {
        switch (outcome)
        {
            case EventOutcome.Accepted:
                answer.Accepted++;
                break;
            case EventOutcome.Duplicate:
                answer.Duplicates++;
                break;
            case EventOutcome.Erased:
                Reject(answer, entry, EventRejectionReason.LearnerErased, "learner_id: the learner was erased");
                break;
            default:
                Reject(answer, entry, EventRejectionReason.Conflict, "event_id: recorded before with another content");
                break;
        }
    }

    private static void Reject(RecordEventsResponse answer, (ulong Index, Event Event) entry, EventRejectionReason reason, string detail)
    {
        answer.Rejected++;
        if (answer.Rejections.Count < RejectionsMax)
        {
            answer.Rejections.Add(new EventRejection { Index = entry.Index, EventId = entry.Event.EventId, Reason = reason, Detail = detail });
        }
    }

    private List<(ulong Index, Event Event)> Check(RecordEventsRequest request, ulong first, RecordEventsResponse answer)
    {
        var now = time.GetUtcNow();
        var wellFormed = new List<(ulong Index, Event Event)>(request.Events.Count);
        foreach (var entry in request.Events)
        {
            var numbered = (first++, entry);
            if (EventRules.Check(entry, now) is { } fault)
            {
                Reject(answer, numbered, fault.Reason, fault.Detail);
            }
            else
            {
                wellFormed.Add(numbered);
            }
        }

        return wellFormed;
    }
}
