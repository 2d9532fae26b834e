using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>One batch while its entries are executed: what they share is looked up once.</summary>
internal sealed class BatchRun
{
    private readonly CommandContext _context;
    private readonly BatchAccount[] _accounts;
    private readonly TransferIdTable _ids;
    private readonly TransferBatch _batch;
    private readonly uint _organization;
    private readonly ulong _currencyHash;
    private UInt128 _moved;

    /// <summary>Looks up what the entries share.</summary>
    public BatchRun(TransferBatch batch, CommandContext context)
    {
        (_batch, _context, _ids) = (batch, context, context.State.TransferIds);
        _organization = context.State.Membership.FindOrganization(context.Submitter)!.Ordinal;
        _currencyHash = EntryHash.OfAccount(batch.CurrencyCode);
        _accounts = new BatchAccount[batch.AccountIds.Count];
        for (var i = 0; i < _accounts.Length; i++)
        {
            _accounts[i] = new BatchAccount(batch.AccountIds[i], batch, context);
        }
    }

    /// <summary>Executes one entry.</summary>
    /// <param name="entry">The entry; its indexes are within the batch's accounts.</param>
    /// <param name="index">Its place in the batch.</param>
    public TransferOutcome Execute(in TransferEntry entry, uint index)
    {
        ref readonly var debit = ref _accounts[entry.DebitIndex];
        ref readonly var credit = ref _accounts[entry.CreditIndex];
        var body = EntryHash.OfEntry(_currencyHash, debit.IdHash, credit.IdHash, entry);
        if (_ids.TryFind(_organization, entry.TransferId, out var first))
        {
            return new TransferOutcome(entry, first.BodyHash == body ? first.Refused : RejectionReason.IdempotencyConflict, first.Sequence);
        }

        var refused = Move(entry, index, debit, credit);
        _ids.Add(TransferIdEntry.Of(_organization, entry.TransferId, body, refused, _context.Sequence));
        return new TransferOutcome(entry, refused, null);
    }

    /// <summary>Adds what was moved to the trial balance.</summary>
    public void Close() => _context.State.Accounts.CloseTransfers(_batch.CurrencyCode, _moved);

    private RejectionReason Move(in TransferEntry entry, uint index, in BatchAccount debit, in BatchAccount credit)
    {
        if (entry.AmountMinorUnits <= 0)
        {
            return RejectionReason.AmountInvalid;
        }

        if (entry.DebitIndex == entry.CreditIndex)
        {
            return RejectionReason.SameAccount;
        }

        var refused = BatchAccount.Check(debit, credit);
        if (refused != RejectionReason.None)
        {
            return refused;
        }

        refused = _context.State.Accounts.TryTransfer(debit.State!, credit.State!, entry.AmountMinorUnits, index);
        if (refused == RejectionReason.None)
        {
            _moved += (ulong)entry.AmountMinorUnits;
        }

        return refused;
    }
}
