namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>What became of one transfer of a batch.</summary>
/// <param name="Entry">As it was asked for.</param>
/// <param name="Refused">Why it was refused; <see cref="RejectionReason.None"/> where it was made.</param>
/// <param name="FirstSequence">Receipt with the first outcome under the id; null where this is the first outcome.</param>
internal readonly record struct TransferOutcome(TransferEntry Entry, RejectionReason Refused, ulong? FirstSequence)
{
    /// <summary>Whether this batch moved the money.</summary>
    public bool MovesMoney => Refused == RejectionReason.None && FirstSequence is null;
}
