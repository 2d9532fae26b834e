using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>Whether a batch is within the contract's bounds, whatever the state.</summary>
internal static class TransferBatchShape
{
    private const int AccountsMin = 2;
    private const int TransferIdBytes = 18;
    private const int EntryHeadBytes = 2;

    /// <summary>
    /// Order of checks: number of accounts, each an id, their bytes together, none twice; number of entries, each index
    /// within the accounts; the encoding as a whole, which bounds the receipt.
    /// </summary>
    public static Rejection? Check(TransferBatch batch) =>
        Shape.Range("account_ids.count", batch.AccountIds.Count, AccountsMin, EngineLimits.BatchAccountsMax)
        ?? CheckIds(batch.AccountIds)
        ?? Shape.Range("entries.count", batch.Entries.Length, 1, EngineLimits.BatchEntriesMax)
        ?? CheckEntries(batch);

    private static Rejection? CheckIds(IReadOnlyList<string> ids)
    {
        var bytes = 0;
        var seen = new HashSet<string>(ids.Count, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!Shape.IsId(id))
            {
                return Shape.Malformed($"account_ids: an id has 1 to {EngineLimits.IdLengthMax} characters of [A-Za-z0-9._:/-]; send such only.");
            }

            if (!seen.Add(id))
            {
                return Shape.Malformed($"account_ids: each account stands in it once; name it by one index.");
            }

            bytes += id.Length;
        }

        return bytes <= EngineLimits.BatchAccountIdBytesMax
            ? null
            : Shape.Malformed($"account_ids: {EngineLimits.BatchAccountIdBytesMax} bytes together at most, not {bytes}; send fewer in a batch.");
    }

    private static Rejection? CheckEntries(TransferBatch batch)
    {
        var count = (uint)batch.AccountIds.Count;
        var bytes = batch.AccountIds.Sum(id => EntryHeadBytes + 1 + id.Length);
        foreach (ref readonly var entry in batch.Entries.Span)
        {
            if (entry.DebitIndex >= count || entry.CreditIndex >= count)
            {
                return Shape.Malformed($"entries: debit_index and credit_index are positions in account_ids, below {count}.");
            }

            bytes += EntryHeadBytes + TransferIdBytes + Field(entry.DebitIndex) + Field(entry.CreditIndex)
                + Field((ulong)entry.AmountMinorUnits) + Field(entry.Reference);
        }

        return bytes <= EngineLimits.BatchBytesMax
            ? null
            : Shape.Malformed($"transfer_batch: {EngineLimits.BatchBytesMax} bytes encoded at most, not {bytes}, so that its receipt fits the log; send fewer in a batch.");
    }

    // A number below 16 fields' tags: one byte of tag and seven bits a byte, nothing for zero.
    private static int Field(ulong value) =>
        value == 0 ? 0 : 1 + ((70 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 7);
}
