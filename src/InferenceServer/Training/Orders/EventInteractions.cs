using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>The server's own events as rows of a history: interests alone, each work once a learner, where she first turned to it.</summary>
internal sealed class EventInteractions(EventLog log)
{
    /// <summary>The rows in the order in which they were recorded.</summary>
    public IEnumerable<HistoryRow> Read(CancellationToken cancellationToken)
    {
        var seen = new HashSet<(string Learner, string Work)>();
        foreach (var (entry, _) in log.Read(EventLog.Start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Interest.IsInterest(entry.Kind, entry.Value) && seen.Add((entry.LearnerId, entry.WorkId)))
            {
                yield return new HistoryRow(entry.LearnerId, entry.WorkId, entry.Kind, entry.UnixMilliseconds);
            }
        }
    }
}
