namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>One transfer of a batch, as it was asked for. A value without references, so that a batch is one array.</summary>
/// <param name="TransferId">Its 16 bytes as a big-endian number; unique for the submitter among all transfers of batches.</param>
/// <param name="DebitIndex">Account that pays: position in the batch's account ids.</param>
/// <param name="CreditIndex">Account that receives: position in the batch's account ids.</param>
/// <param name="AmountMinorUnits">How much, 1 to 2^63-1 minor units of the batch's currency; the engine checks the range.</param>
/// <param name="Reference">Free number of the submitter.</param>
internal readonly record struct TransferEntry(
    UInt128 TransferId, uint DebitIndex, uint CreditIndex, long AmountMinorUnits, ulong Reference);
