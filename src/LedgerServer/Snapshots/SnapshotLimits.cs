namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>When snapshots are taken.</summary>
/// <param name="TailBytesMin">Bytes of commands and receipts that a snapshot must save from being replayed; below, none is taken.</param>
/// <param name="StopTimeout">Longest wait for the snapshot at a clean stop.</param>
internal sealed record SnapshotLimits(long TailBytesMin, TimeSpan StopTimeout);
