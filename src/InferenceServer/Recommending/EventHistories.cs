using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>The histories of the server's own learners, from its event log, as trainings read them.</summary>
internal sealed class EventHistories(EventLog log, EventRecorder recorder, IOptions<TrainingOptions> options)
{
    private const string Name = "events";

    /// <summary>Reads the newest interactions; a work counts once a learner, where she first turned to it.</summary>
    public InteractionSet Read(CancellationToken cancellationToken)
    {
        var set = InteractionSet.Of(Name, Rows(cancellationToken));
        return set with { Sequences = [.. set.Sequences.Select(sequence => sequence.Distinct().ToArray())] };
    }

    private IEnumerable<HistoryRow> Rows(CancellationToken cancellationToken)
    {
        var skip = recorder.Recorded - options.Value.InteractionsMax; // the oldest are left out
        foreach (var (entry, _) in log.Read(EventLog.Start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (skip-- <= 0 && Interest.IsInterest(entry.Kind, entry.Value))
            {
                yield return new HistoryRow(entry.LearnerId, entry.WorkId, entry.Kind, entry.UnixMilliseconds);
            }
        }
    }
}
