namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>The four sums of an account or a currency, minor units. They only ever describe and are never netted.</summary>
/// <param name="DebitsPosted">All posted debits.</param>
/// <param name="CreditsPosted">All posted credits.</param>
/// <param name="DebitsHeld">Open holds that will debit.</param>
/// <param name="CreditsHeld">Open holds that will credit.</param>
internal readonly record struct AccountTotals(
    UInt128 DebitsPosted, UInt128 CreditsPosted, UInt128 DebitsHeld, UInt128 CreditsHeld)
{
    /// <summary>The sums of two together.</summary>
    public static AccountTotals operator +(in AccountTotals left, in AccountTotals right) => new(
        left.DebitsPosted + right.DebitsPosted,
        left.CreditsPosted + right.CreditsPosted,
        left.DebitsHeld + right.DebitsHeld,
        left.CreditsHeld + right.CreditsHeld);

    /// <summary>The totals after one posting.</summary>
    /// <exception cref="OverflowException">More is released than was held, which is a fault of the caller.</exception>
    public AccountTotals Apply(PostingState state, Direction direction, UInt128 amount) => (state, direction) switch
    {
        (PostingState.Posted, Direction.Debit) => this with { DebitsPosted = checked(DebitsPosted + amount) },
        (PostingState.Posted, _) => this with { CreditsPosted = checked(CreditsPosted + amount) },
        (PostingState.Held, Direction.Debit) => this with { DebitsHeld = checked(DebitsHeld + amount) },
        (PostingState.Held, _) => this with { CreditsHeld = checked(CreditsHeld + amount) },
        (PostingState.Released, Direction.Debit) => this with { DebitsHeld = checked(DebitsHeld - amount) },
        _ => this with { CreditsHeld = checked(CreditsHeld - amount) },
    };
}
