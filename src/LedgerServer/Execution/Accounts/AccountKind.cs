namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// What an account is for. The numbers are those of <c>kp.payment.v1.AccountKind</c>.
/// </summary>
internal enum AccountKind
{
    /// <summary>Spendable money of a learner or organisation; credit-normal.</summary>
    Wallet = 1,

    /// <summary>Earned shares of an organisation; credit-normal.</summary>
    Revenue = 2,

    /// <summary>Money held outside by a payment provider; debit-normal.</summary>
    Clearing = 3,

    /// <summary>Money owed, such as tax or refunds due; credit-normal.</summary>
    Liability = 4,

    /// <summary>Money frozen by a dispute; credit-normal.</summary>
    Escrow = 5,

    /// <summary>Money whose owner is not known yet; credit-normal.</summary>
    Suspense = 6,

    /// <summary>A subscription pool waiting for settlement; credit-normal.</summary>
    Pool = 7,

    /// <summary>Counter-account of another ledger; debit-normal.</summary>
    Foreign = 8,
}
