using System.Diagnostics.Metrics;

using KpGrpc.LedgerServer.Admission;

namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>
/// What the LedgerServer measures as it happens; <see cref="LedgerGauges"/> has what is asked for at each scrape. Meter
/// <c>KpGrpc.LedgerServer</c>, tag <c>ledger</c> on all, tag <c>reason</c> from closed sets. Safe from any thread.
/// </summary>
internal sealed class LedgerMetrics
{
    public const string MeterName = "KpGrpc.LedgerServer";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 20] };
    private static readonly InstrumentAdvice<long> Counts = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000] };

    private readonly Counter<long> refusals;

    public LedgerMetrics(IMeterFactory factory)
    {
        Meter = factory.Create(MeterName);
        CommitDuration = Meter.CreateHistogram("kp.ledger.commit.duration", "s", "From the first command's execution until all of a commit are durable", advice: Seconds);
        CommitCommands = Meter.CreateHistogram("kp.ledger.commit.commands", "{command}", "Commands that took a place in the order, a commit", advice: Counts);
        CommitTransfers = Meter.CreateHistogram("kp.ledger.commit.transfers", "{transfer}", "Transfers that moved money, a commit", advice: Counts);
        CommitBytes = Meter.CreateCounter<long>("kp.ledger.commit.size", "By", "Bytes of commands and receipts that became durable");
        Rejections = Meter.CreateCounter<long>("kp.ledger.rejections", "{command}", "Ordered commands with a rejection for a receipt; tag reason");
        refusals = Meter.CreateCounter<long>("kp.ledger.refusals", "{command}", "Commands and questions refused before the order; tag reason");
        SnapshotPause = Meter.CreateHistogram("kp.ledger.snapshot.pause", "s", "How long a snapshot held up commits", advice: Seconds);
        SnapshotDuration = Meter.CreateHistogram("kp.ledger.snapshot.duration", "s", "How long a snapshot took to be written", advice: Seconds);
    }

    public Meter Meter { get; }

    public Histogram<double> CommitDuration { get; }

    public Histogram<long> CommitCommands { get; }

    public Histogram<long> CommitTransfers { get; }

    public Counter<long> CommitBytes { get; }

    public Counter<long> Rejections { get; }

    public Histogram<double> SnapshotPause { get; }

    public Histogram<double> SnapshotDuration { get; }

    /// <summary>The tag of a ledger.</summary>
    public static KeyValuePair<string, object?> Tag(string ledgerId) => new("ledger", ledgerId);

    /// <summary>What one ledger records.</summary>
    public LedgerTelemetry Of(string ledgerId) => new(this, ledgerId);

    /// <summary>A command did not pass admission.</summary>
    public void Refused(string ledgerId, AdmissionReason reason) => Refused(ledgerId, ReasonNames<AdmissionReason>.Of((int)reason));

    /// <summary>A call was refused for a reason of <see cref="RefusalReason"/>.</summary>
    public void Refused(string ledgerId, string reason) => refusals.Add(1, Tag(ledgerId), new("reason", reason));
}
