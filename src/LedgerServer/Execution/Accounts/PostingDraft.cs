using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// The postings of one command, checked line by line against the totals that the lines before would leave, and made all
/// at once by <see cref="Commit"/>. Until then nothing changes, so a refused line refuses the whole command.
/// </summary>
internal sealed class PostingDraft(AccountTable accounts)
{
    private readonly List<(string DisputeId, EscrowShare Share)> _frozen = [];
    private readonly List<Account> _openings = [];
    private readonly List<(Posting Posting, PostingSource? Source)> _postings = [];
    private readonly Dictionary<string, AccountTotals> _drafted = new(StringComparer.Ordinal);
    private PostingSource? _source;

    /// <summary>Says where the lines added from here on came from, for a command whose lines have several sources.</summary>
    public void From(PostingSource source) => _source = source;

    /// <summary>Opens an account before the postings are made, unless it exists or is opened by this draft already.</summary>
    public void EnsureOpen(Account account)
    {
        if (accounts.Find(account.AccountId) is null && _drafted.TryAdd(account.AccountId, default))
        {
            _openings.Add(account);
        }
    }

    /// <summary>Adds a line if the account's rules allow it.</summary>
    /// <param name="field">Field that named the account, for the message.</param>
    /// <param name="account">The account; open, or given to <see cref="EnsureOpen"/> before.</param>
    /// <param name="direction">Side.</param>
    /// <param name="amount">Above 0, in the account's currency.</param>
    /// <param name="reason">Why.</param>
    public Rejection? Add(string field, Account account, Direction direction, Money amount, PostingReason reason) =>
        Add(field, account, new Posting(account.AccountId, direction, amount, PostingState.Posted, reason));

    /// <summary>Reserves an amount on one side of an account if its rules allow it.</summary>
    /// <param name="field">Field that named the account, for the message.</param>
    /// <param name="account">The account; open.</param>
    /// <param name="direction">Side that the hold will move once captured.</param>
    /// <param name="amount">Above 0, in the account's currency.</param>
    /// <param name="holdId">The hold.</param>
    public Rejection? Hold(string field, Account account, Direction direction, Money amount, string holdId) =>
        Add(field, account, new Posting(account.AccountId, direction, amount, PostingState.Held, PostingReason.Hold, holdId));

    /// <summary>Takes a reservation back, which no rule of an account forbids.</summary>
    /// <param name="account">The account.</param>
    /// <param name="direction">Side that was held.</param>
    /// <param name="amount">Above 0, at most what the hold still holds.</param>
    /// <param name="holdId">The hold.</param>
    public void Release(Account account, Direction direction, Money amount, string holdId) =>
        Draft(
            new Posting(account.AccountId, direction, amount, PostingState.Released, PostingReason.Hold, holdId),
            After(account.AccountId, PostingState.Released, direction, amount));

    /// <summary>
    /// Adds a line whatever the account's limits: for money that a hold has kept, or that is taken back from outside. Only
    /// a sum that would leave its range refuses it.
    /// </summary>
    /// <param name="field">Field that named the account, for the message.</param>
    /// <param name="account">The account; open.</param>
    /// <param name="direction">Side.</param>
    /// <param name="amount">Above 0, in the account's currency.</param>
    /// <param name="reason">Why.</param>
    /// <param name="holdId">The hold that it belongs to; empty where none.</param>
    public Rejection? Force(
        string field, Account account, Direction direction, Money amount, PostingReason reason, string holdId = "")
    {
        var after = After(account.AccountId, PostingState.Posted, direction, amount);
        if (AccountRules.CheckRange(field, after) is { } rejection)
        {
            return rejection;
        }

        Draft(new Posting(account.AccountId, direction, amount, PostingState.Posted, reason, holdId), after);
        return null;
    }

    private Rejection? Add(string field, Account account, Posting posting)
    {
        var after = After(account.AccountId, posting.State, posting.Direction, posting.Amount);
        if (AccountRules.Check(field, account, after, posting.Direction) is { } rejection)
        {
            return rejection;
        }

        Draft(posting, after);
        return null;
    }

    private AccountTotals After(string accountId, PostingState state, Direction direction, Money amount)
    {
        if (!_drafted.TryGetValue(accountId, out var before))
        {
            before = accounts.Due.Without(accountId, accounts.Find(accountId)!.Totals);
        }

        return before.Apply(state, direction, (UInt128)amount.MinorUnits);
    }

    private void Draft(Posting posting, AccountTotals after)
    {
        _drafted[posting.AccountId] = after;
        _postings.Add((posting, _source));
    }

    /// <summary>Notes who earned what was credited to a dispute's escrow.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="share">Who earned how much.</param>
    /// <param name="disputes">What is frozen already.</param>
    public Rejection? Freeze(string disputeId, EscrowShare share, DisputeTable disputes)
    {
        _frozen.Add((disputeId, share));
        var parts = disputes.EscrowOf(disputeId)
            .Concat(_frozen.Where(frozen => string.Equals(frozen.DisputeId, disputeId, StringComparison.Ordinal)).Select(frozen => frozen.Share))
            .DistinctBy(part => (part.OrganizationId, part.Amount.CurrencyCode))
            .Count();
        return parts <= EngineLimits.EscrowSharesMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"work_id: the escrow of dispute {disputeId} holds {EngineLimits.EscrowSharesMax} parts, the most; wait for its resolution.");
    }

    /// <summary>Opens the accounts and makes the postings, and records both in that order.</summary>
    /// <param name="context">The command.</param>
    /// <param name="source">What the lines came from that were added before any <see cref="From"/>.</param>
    public void Commit(CommandContext context, PostingSource source)
    {
        foreach (var account in _openings)
        {
            accounts.Open(account);
            context.Record(new AccountOpened(account));
        }

        foreach (var (posting, own) in _postings)
        {
            accounts.Post(posting, context.Record(posting), own ?? source);
        }

        foreach (var (disputeId, share) in _frozen)
        {
            context.State.Disputes.Freeze(disputeId, share);
        }
    }
}
