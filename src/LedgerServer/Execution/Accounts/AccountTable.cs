using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Accounts with their totals and postings, and the running trial balance of each currency.</summary>
internal sealed class AccountTable : IStateTable
{
    private readonly Dictionary<string, AccountState> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<AccountOwner, List<AccountState>> _byOwner = [];
    private readonly List<AccountState> _all = [];
    private readonly HashSet<(string ProviderId, string Reference)> _externalReferences = [];
    private readonly SortedDictionary<string, TrialBalanceLine> _trialBalance = new(StringComparer.Ordinal);

    /// <summary>All accounts, ordered by the sequence of opening, then id.</summary>
    public IReadOnlyList<AccountState> All => _all;

    /// <summary>One line a currency that has an account, ordered by code.</summary>
    public IReadOnlyCollection<TrialBalanceLine> TrialBalance => _trialBalance.Values;

    /// <summary>What accounts still hold for holds that have run out; not to be counted by rules.</summary>
    public DueHolds Due { get; } = new();

    /// <summary>An account; null where there is none with the id.</summary>
    public AccountState? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The accounts of an owner, ordered by the sequence of opening, then id.</summary>
    public IReadOnlyList<AccountState> OwnedBy(AccountOwner owner) =>
        _byOwner.TryGetValue(owner, out var accounts) ? accounts : [];

    /// <summary>Whether a payment provider has used an external reference.</summary>
    public bool IsReferenceUsed(string providerId, string reference) =>
        _externalReferences.Contains((providerId, reference));

    /// <summary>Remembers a payment provider's external reference.</summary>
    internal void UseReference(string providerId, string reference) => _externalReferences.Add((providerId, reference));

    /// <summary>Opens an account whose id is new.</summary>
    internal void Open(Account account)
    {
        var state = new AccountState(account);
        _byId.Add(account.AccountId, state);
        Insert(_all, state);
        if (!_byOwner.TryGetValue(account.Owner, out var owned))
        {
            _byOwner.Add(account.Owner, owned = []);
        }

        Insert(owned, state);
        var line = LineOf(account.CurrencyCode);
        _trialBalance[account.CurrencyCode] = line with { AccountCount = line.AccountCount + 1 };
    }

    /// <summary>Posts one checked line.</summary>
    internal void Post(AccountPosting posting)
    {
        var state = _byId[posting.Posting.AccountId];
        var amount = (UInt128)posting.Posting.Amount.MinorUnits;
        var (kind, direction) = (posting.Posting.State, posting.Posting.Direction);
        state.Add(posting, state.Totals.Apply(kind, direction, amount));
        var line = LineOf(state.Account.CurrencyCode);
        _trialBalance[state.Account.CurrencyCode] =
            line with { Totals = line.Totals.Apply(kind, direction, amount) };
    }

    /// <summary>
    /// Moves money between two different accounts of one currency, if the limits of both allow it. The trial balance
    /// follows with <see cref="CloseTransfers"/>, once for many.
    /// </summary>
    /// <param name="debit">Account that pays.</param>
    /// <param name="credit">Account that receives.</param>
    /// <param name="amount">Above 0, in the accounts' currency.</param>
    /// <param name="place">Place of the effect.</param>
    /// <param name="orderedAtMicros">The order's time.</param>
    internal RejectionReason TryTransfer(AccountState debit, AccountState credit, Money amount, (ulong Sequence, uint Effect) place, long orderedAtMicros)
    {
        var paid = debit.Totals.Apply(PostingState.Posted, Direction.Debit, (UInt128)amount.MinorUnits);
        var received = credit.Totals.Apply(PostingState.Posted, Direction.Credit, (UInt128)amount.MinorUnits);
        var refused = AccountRules.Judge(debit.Account, Due.Without(debit.Account.AccountId, paid), Direction.Debit);
        refused = refused == RejectionReason.None
            ? AccountRules.Judge(credit.Account, Due.Without(credit.Account.AccountId, received), Direction.Credit)
            : refused;
        if (refused == RejectionReason.None)
        {
            debit.Add(Line(debit, Direction.Debit), paid);
            credit.Add(Line(credit, Direction.Credit), received);
        }

        return refused;

        AccountPosting Line(AccountState state, Direction direction) => new()
        {
            Sequence = place.Sequence,
            EffectIndex = place.Effect,
            OrderedAtMicros = orderedAtMicros,
            Posting = new(state.Account.AccountId, direction, amount, PostingState.Posted, PostingReason.Transfer),
        };
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

    private TrialBalanceLine LineOf(string currencyCode) =>
        _trialBalance.GetValueOrDefault(currencyCode) ?? new TrialBalanceLine(currencyCode, default, 0);

    string IStateTable.Name => "accounts";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_all.Select(state => state.Account));
        writer.Records(_all.SelectMany(state => state.Postings));
        writer.Records(_externalReferences, (left, right) =>
            string.CompareOrdinal(left.ProviderId, right.ProviderId) is var byProvider && byProvider != 0
                ? byProvider
                : string.CompareOrdinal(left.Reference, right.Reference));
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<Account>(Open);
        reader.EachRecord<AccountPosting>(Post);
        reader.EachRecord<(string ProviderId, string Reference)>(used => UseReference(used.ProviderId, used.Reference));
    }
}
