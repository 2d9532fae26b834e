using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Accounts with their totals, and the running trial balance of each currency.</summary>
internal sealed class AccountTable : IStateTable
{
    private readonly Dictionary<string, AccountState> _byId = new(StringComparer.Ordinal);

    // The account itself where it is the owner's only one, as nearly every learner's is; else a list.
    private readonly Dictionary<AccountOwner, object> _byOwner = [];
    private readonly List<AccountState> _all = [];
    private readonly HashSet<(string ProviderId, string Reference)> _externalReferences = [];
    private readonly SortedDictionary<string, TrialBalanceLine> _trialBalance = new(StringComparer.Ordinal);

    /// <summary>The postings of the command that was executed last, on their way to the store.</summary>
    public PostingJournal Journal { get; } = new();

    /// <summary>All accounts, ordered by the sequence of opening, then id.</summary>
    public IReadOnlyList<AccountState> All => _all;

    /// <summary>One line a currency that has an account, ordered by code.</summary>
    public IReadOnlyCollection<TrialBalanceLine> TrialBalance => _trialBalance.Values;

    /// <summary>What accounts still hold for holds that have run out; not to be counted by rules.</summary>
    public DueHolds Due { get; } = new();

    /// <summary>An account; null where there is none with the id.</summary>
    public AccountState? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The accounts of an owner, ordered by the sequence of opening, then id.</summary>
    public IReadOnlyList<AccountState> OwnedBy(AccountOwner owner) => _byOwner.GetValueOrDefault(owner) switch
    {
        AccountState one => [one],
        List<AccountState> many => many,
        _ => [],
    };

    /// <summary>Whether a payment provider has used an external reference.</summary>
    public bool IsReferenceUsed(string providerId, string reference) =>
        _externalReferences.Contains((providerId, reference));

    /// <summary>Remembers a payment provider's external reference.</summary>
    internal void UseReference(string providerId, string reference) => _externalReferences.Add((providerId, reference));

    /// <summary>Opens an account whose id is new.</summary>
    internal void Open(Account account)
    {
        Add(new AccountState(account, (uint)_all.Count));
        var line = LineOf(account.CurrencyCode);
        _trialBalance[account.CurrencyCode] = line with { AccountCount = line.AccountCount + 1 };
    }

    private void Add(AccountState state)
    {
        var account = state.Account;
        _byId.Add(account.AccountId, state);
        Insert(_all, state);
        if (!_byOwner.TryAdd(account.Owner, state))
        {
            Insert(OwnedByMany(account.Owner), state);
        }
    }

    /// <summary>Posts one checked line.</summary>
    /// <param name="posting">The line; its account is open.</param>
    /// <param name="effectIndex">Position of its effect in the receipt.</param>
    /// <param name="source">What it came from.</param>
    internal void Post(Posting posting, uint effectIndex, PostingSource source)
    {
        var state = _byId[posting.AccountId];
        var amount = (UInt128)posting.Amount.MinorUnits;
        state.Set(state.Totals.Apply(posting.State, posting.Direction, amount));
        Journal.Add(state, JournalLine.Of(posting, effectIndex, source));
        var line = LineOf(state.Account.CurrencyCode);
        _trialBalance[state.Account.CurrencyCode] =
            line with { Totals = line.Totals.Apply(posting.State, posting.Direction, amount) };
    }

    /// <summary>
    /// Moves money between two different accounts of one currency, if the limits of both allow it. The trial balance
    /// follows with <see cref="CloseTransfers"/>, once for many.
    /// </summary>
    /// <param name="debit">Account that pays.</param>
    /// <param name="credit">Account that receives.</param>
    /// <param name="minorUnits">Above 0, in the accounts' currency.</param>
    /// <param name="entry">Place of the transfer in its batch, whose effect is the receipt's only one.</param>
    internal RejectionReason TryTransfer(AccountState debit, AccountState credit, long minorUnits, uint entry)
    {
        var paid = debit.Totals.Apply(PostingState.Posted, Direction.Debit, (UInt128)minorUnits);
        var refused = AccountRules.Judge(debit.Account, Due.Without(debit.Account.AccountId, paid), Direction.Debit);
        if (refused != RejectionReason.None)
        {
            return refused;
        }

        var received = credit.Totals.Apply(PostingState.Posted, Direction.Credit, (UInt128)minorUnits);
        refused = AccountRules.Judge(credit.Account, Due.Without(credit.Account.AccountId, received), Direction.Credit);
        if (refused != RejectionReason.None)
        {
            return refused;
        }

        debit.Set(paid);
        credit.Set(received);
        Journal.Add(debit, JournalLine.OfTransfer(2 * entry, Direction.Debit, minorUnits));
        Journal.Add(credit, JournalLine.OfTransfer((2 * entry) + 1, Direction.Credit, minorUnits));
        return RejectionReason.None;
    }

    /// <summary>Adds what transfers have moved to a currency's debits and credits.</summary>
    internal void CloseTransfers(string currencyCode, UInt128 moved)
    {
        var line = LineOf(currencyCode);
        if (moved > 0)
        {
            _trialBalance[currencyCode] = line with
            {
                Totals = line.Totals
                    .Apply(PostingState.Posted, Direction.Debit, moved)
                    .Apply(PostingState.Posted, Direction.Credit, moved),
            };
        }
    }

    private List<AccountState> OwnedByMany(AccountOwner owner)
    {
        if (_byOwner[owner] is AccountState one)
        {
            _byOwner[owner] = new List<AccountState> { one };
        }

        return (List<AccountState>)_byOwner[owner];
    }

    // Accounts that one command opens come in the order of its effects; the list's order within a sequence is by id.
    private static void Insert(List<AccountState> accounts, AccountState state)
    {
        var at = accounts.Count;
        while (at > 0
            && accounts[at - 1].Account.OpenedAtSequence == state.Account.OpenedAtSequence
            && string.CompareOrdinal(accounts[at - 1].Account.AccountId, state.Account.AccountId) > 0)
        {
            at--;
        }

        accounts.Insert(at, state);
    }

    // A line for each run of accounts of one currency: a line for each account costs as much as the account itself.
    private void Balance(ReadOnlySpan<AccountState> states)
    {
        for (var first = 0; first < states.Length;)
        {
            var code = states[first].Account.CurrencyCode;
            var (totals, next) = (default(AccountTotals), first);
            for (; next < states.Length && string.Equals(states[next].Account.CurrencyCode, code, StringComparison.Ordinal); next++)
            {
                totals += states[next].Totals;
            }

            var line = LineOf(code);
            _trialBalance[code] = line with { Totals = line.Totals + totals, AccountCount = line.AccountCount + (next - first) };
            first = next;
        }
    }

    private TrialBalanceLine LineOf(string currencyCode) =>
        _trialBalance.GetValueOrDefault(currencyCode) ?? new TrialBalanceLine(currencyCode, default, 0);

    string IStateTable.Name => "accounts";

    void IStateTable.Save(StateWriter writer)
    {
        AccountImage.Save(writer, _all);
        writer.Records(_externalReferences, (left, right) =>
            string.CompareOrdinal(left.ProviderId, right.ProviderId) is var byProvider && byProvider != 0
                ? byProvider
                : string.CompareOrdinal(left.Reference, right.Reference));
    }

    void IStateTable.Load(StateReader reader)
    {
        var states = AccountImage.Load(reader);
        _byId.EnsureCapacity(states.Length);
        _byOwner.EnsureCapacity(states.Length);
        _all.EnsureCapacity(states.Length);
        foreach (var state in states)
        {
            Add(state);
        }

        Balance(states);
        reader.EachRecord<(string ProviderId, string Reference)>(used => UseReference(used.ProviderId, used.Reference));
    }
}
