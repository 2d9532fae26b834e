namespace KpGrpc.LedgerServer.Execution.Accounts.Journal;

/// <summary>
/// The postings of the command that was executed last, by account: what the commit writes to the accounts' histories.
/// The state keeps sums alone. Its memory is reused from command to command.
/// </summary>
internal sealed class PostingJournal
{
    private const int None = -1;
    private const int FirstLines = 64;

    private readonly List<AccountState> _accounts = [];
    private JournalLine[] _lines = new JournalLine[FirstLines];
    private int[] _next = new int[FirstLines];

    /// <summary>Number of lines.</summary>
    public int Count { get; private set; }

    /// <summary>The accounts with a line, in the order of their first one.</summary>
    public IReadOnlyList<AccountState> Accounts => _accounts;

    /// <summary>An account's lines in the order in which they were made.</summary>
    /// <param name="account">One of <see cref="Accounts"/>.</param>
    public LineList Of(AccountState account) => new(this, account.JournalFirst);

    /// <summary>Adds a line that the account's sums already hold.</summary>
    internal void Add(AccountState account, in JournalLine line)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, 2 * Count);
            Array.Resize(ref _next, 2 * Count);
        }

        _lines[Count] = line;
        _next[Count] = None;
        if (account.JournalFirst == None)
        {
            account.JournalFirst = Count;
            _accounts.Add(account);
        }
        else
        {
            _next[account.JournalLast] = Count;
        }

        account.JournalLast = Count++;
    }

    /// <summary>Forgets all lines.</summary>
    internal void Clear()
    {
        foreach (var account in _accounts)
        {
            account.JournalFirst = None;
        }

        _accounts.Clear();
        Count = 0;
    }

    /// <summary>Lines of one account.</summary>
    internal readonly struct LineList(PostingJournal journal, int first)
    {
        /// <summary>Walks the lines.</summary>
        public Enumerator GetEnumerator() => new(journal, first);
    }

    /// <summary>Walks the lines of one account.</summary>
    internal struct Enumerator(PostingJournal journal, int first)
    {
        private int _at = None;
        private int _following = first;

        /// <summary>The line.</summary>
        public readonly ref readonly JournalLine Current => ref journal._lines[_at];

        /// <summary>Goes to the next line; false behind the last.</summary>
        public bool MoveNext()
        {
            _at = _following;
            if (_at == None)
            {
                return false;
            }

            _following = journal._next[_at];
            return true;
        }
    }
}
