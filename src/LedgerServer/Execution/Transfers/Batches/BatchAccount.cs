using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>An account that a batch names, looked up and judged once for all its entries.</summary>
internal readonly struct BatchAccount
{
    private readonly bool _mayDebit;
    private readonly bool _kindFits;
    private readonly bool _currencyFits;

    /// <summary>Looks an account up.</summary>
    /// <param name="accountId">Its id.</param>
    /// <param name="batch">The batch that names it.</param>
    /// <param name="context">The command.</param>
    public BatchAccount(string accountId, TransferBatch batch, Dispatch.CommandContext context)
    {
        IdHash = EntryHash.OfAccount(accountId);
        State = context.State.Accounts.Find(accountId);
        if (State is not null)
        {
            _mayDebit = AccountChecks.MayDebit(State, context);
            _kindFits = State.Account.Kind is AccountKind.Wallet or AccountKind.Revenue;
            _currencyFits = string.Equals(State.Account.CurrencyCode, batch.CurrencyCode, StringComparison.Ordinal);
        }
    }

    /// <summary>Hash of its id.</summary>
    public ulong IdHash { get; }

    /// <summary>The account; null where it does not exist.</summary>
    public AccountState? State { get; }

    /// <summary>
    /// Whether money may move from one account to another, whatever the amount. Order of checks: debited account known,
    /// credited account known, submitter may debit, kinds, currencies.
    /// </summary>
    public static RejectionReason Check(in BatchAccount debit, in BatchAccount credit) =>
        debit.State is null || credit.State is null ? RejectionReason.UnknownAccount
        : !debit._mayDebit ? RejectionReason.NotAuthorized
        : !debit._kindFits || !credit._kindFits ? RejectionReason.AccountKindWrong
        : !debit._currencyFits || !credit._currencyFits ? RejectionReason.CurrencyMismatch
        : RejectionReason.None;
}
