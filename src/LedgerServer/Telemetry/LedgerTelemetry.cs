using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Ordering;

namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>What one ledger records, under its own tag: a few additions a commit, whatever the number of its commands.</summary>
internal sealed class LedgerTelemetry(LedgerMetrics metrics, string ledgerId)
{
    private readonly KeyValuePair<string, object?> ledger = LedgerMetrics.Tag(ledgerId);

    /// <summary>A commit is durable. Called on the orderer's thread.</summary>
    public void Committed(CommitTally tally)
    {
        metrics.CommitDuration.Record(tally.Duration.TotalSeconds, ledger);
        metrics.CommitCommands.Record(tally.Commands, ledger);
        metrics.CommitTransfers.Record(tally.Transfers, ledger);
        metrics.CommitBytes.Add(tally.EntryBytes, ledger);
        for (var reason = 0; reason < tally.Rejections.Length; reason++)
        {
            if (tally.Rejections[reason] is > 0 and var count)
            {
                metrics.Rejections.Add(count, ledger, new("reason", ReasonNames<RejectionReason>.Of(reason)));
            }
        }
    }

    /// <summary>A snapshot was taken, for which commits waited.</summary>
    public void SnapshotTaken(TimeSpan pause) => metrics.SnapshotPause.Record(pause.TotalSeconds, ledger);

    /// <summary>A snapshot stands on disk.</summary>
    public void SnapshotPublished(TimeSpan duration) => metrics.SnapshotDuration.Record(duration.TotalSeconds, ledger);
}
