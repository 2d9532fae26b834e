namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>An account with what is on it; its postings are its history in the store. Only <see cref="AccountTable"/> changes it.</summary>
/// <param name="account">Its fixed facts.</param>
/// <param name="ordinal">Its place in the order of opening.</param>
internal sealed class AccountState(Account account, uint ordinal)
{
    private AccountTotals _totals;

    /// <summary>Its fixed facts.</summary>
    public Account Account { get; } = account;

    /// <summary>Place in the order of opening, from 0: the name of its history in the store.</summary>
    public uint Ordinal { get; } = ordinal;

    /// <summary>Its four sums.</summary>
    public AccountTotals Totals => _totals;

    /// <summary>First line in the journal of the last command; -1 where none. The journal's alone.</summary>
    internal int JournalFirst { get; set; } = -1;

    /// <summary>Last line in the journal of the last command, where there is one. The journal's alone.</summary>
    internal int JournalLast { get; set; }

    /// <summary>Sets the sums after a posting.</summary>
    internal void Set(in AccountTotals totals) => _totals = totals;
}
