namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>An account with what is on it. Only <see cref="AccountTable"/> changes it.</summary>
internal sealed class AccountState(Account account)
{
    private readonly List<AccountPosting> _postings = [];

    /// <summary>Its fixed facts.</summary>
    public Account Account { get; } = account;

    /// <summary>Its four sums.</summary>
    public AccountTotals Totals { get; private set; }

    /// <summary>Its postings, ordered by sequence, then effect index.</summary>
    public IReadOnlyList<AccountPosting> Postings => _postings;

    /// <summary>Adds a posting and the totals after it.</summary>
    internal void Add(AccountPosting posting, AccountTotals totals)
    {
        _postings.Add(posting);
        Totals = totals;
    }
}
