namespace KpGrpc.Client.Transfers;

/// <summary>A movement of money between two accounts, in the batcher's currency.</summary>
/// <param name="DebitAccountId">Account that pays, an id.</param>
/// <param name="CreditAccountId">Account that receives, an id; another one.</param>
/// <param name="AmountMinorUnits">How much, 1 to 2^63-1 minor units.</param>
/// <param name="Reference">Free number of the submitter, stored as it is.</param>
/// <param name="Id">
/// Its name. Default: a new one, which the outcome tells. Name transfers yourself, and write the names down first, where
/// the process may die before the answer: the same id and transfer again give the first outcome and move nothing twice.
/// </param>
public readonly record struct Transfer(string DebitAccountId, string CreditAccountId, long AmountMinorUnits, ulong Reference = 0, TransferId Id = default)
{
    /// <summary>Longest id, in characters.</summary>
    public const int AccountIdCharsMax = 128;

    /// <summary>Checks what the ledger would refuse as malformed.</summary>
    /// <exception cref="ArgumentException">An account id is empty or too long, both are the same, or the amount is not positive.</exception>
    internal void Validate()
    {
        if (DebitAccountId is not { Length: > 0 and <= AccountIdCharsMax } || CreditAccountId is not { Length: > 0 and <= AccountIdCharsMax }
            || AmountMinorUnits < 1 || DebitAccountId == CreditAccountId)
        {
            throw new ArgumentException($"A transfer names two different accounts of 1 to {AccountIdCharsMax} characters and an amount of at least 1 minor unit.");
        }
    }
}
