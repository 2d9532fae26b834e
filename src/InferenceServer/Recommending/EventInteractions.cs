using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>The server's own events as histories to train on: interests alone, each work once a learner, where she first turned to it.</summary>
internal sealed class EventInteractions(EventLog log, EventRecorder recorder, IOptions<TrainingOptions> options)
{
    /// <summary>Gathers the histories of the newest events, <see cref="TrainingOptions.InteractionsMax"/> of them at most.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public InteractionSet Gather(string name, CancellationToken cancellationToken) => InteractionSet.Of(name, Rows(cancellationToken)).WithoutRepeats();

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
