namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>The four sums of an account or a currency, minor units. They only ever describe and are never netted.</summary>
/// <param name="DebitsPosted">All posted debits.</param>
/// <param name="CreditsPosted">All posted credits.</param>
/// <param name="DebitsHeld">Open holds that will debit; always 0 until holds are served.</param>
/// <param name="CreditsHeld">Open holds that will credit; always 0 until holds are served.</param>
internal readonly record struct AccountTotals(
    UInt128 DebitsPosted, UInt128 CreditsPosted, UInt128 DebitsHeld, UInt128 CreditsHeld)
{
    /// <summary>The totals after one posted amount.</summary>
    public AccountTotals Post(Direction direction, UInt128 amount) =>
        direction == Direction.Debit
            ? this with { DebitsPosted = checked(DebitsPosted + amount) }
            : this with { CreditsPosted = checked(CreditsPosted + amount) };
}
