namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>How a ledger's state came back.</summary>
/// <param name="SnapshotSequence">Sequence of the snapshot that it began from; 0 where all was replayed.</param>
/// <param name="Replayed">Commands that were executed again.</param>
/// <param name="TailBytes">Bytes of those commands and their receipts.</param>
/// <param name="Refused">Snapshots that were not used, and why, newest first.</param>
internal sealed record RecoveryReport(ulong SnapshotSequence, ulong Replayed, long TailBytes, IReadOnlyList<string> Refused);
