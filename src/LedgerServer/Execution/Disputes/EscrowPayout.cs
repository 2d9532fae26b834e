using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Pays all that is in a dispute's escrow, to the minor unit. Where the claim is dismissed, each gets what it earned; where
/// it is upheld, the sum of each currency goes to the new owners by their shares, by largest remainder. Paid are revenue
/// accounts, which have no limits of their own, so that nobody's wallet can hold a resolution up.
/// </summary>
internal static class EscrowPayout
{
    /// <summary>
    /// Drafts for each currency, in the order of their codes, the debit of the escrow account and then the credits.
    /// </summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="newOwners">Owners from here on; null where the claim is dismissed.</param>
    /// <param name="draft">Where the postings are drafted.</param>
    /// <param name="context">The command.</param>
    /// <param name="paid">What each is paid.</param>
    public static Rejection? Draft(
        string disputeId,
        IReadOnlyList<OwnerShare>? newOwners,
        PostingDraft draft,
        CommandContext context,
        out IReadOnlyList<EscrowShare> paid)
    {
        var shares = context.State.Disputes.EscrowOf(disputeId);
        var currencies = shares
            .GroupBy(share => share.Amount.CurrencyCode, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => newOwners is null ? [.. group] : Divide([.. group], newOwners))
            .ToList();
        paid = [.. currencies.SelectMany(currency => currency)];
        var count = paid.Count;
        if (count > EngineLimits.EscrowSharesMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached,
                $"owners: the escrow would be paid in {count} parts, at most {EngineLimits.EscrowSharesMax} fit; name fewer owners.");
        }

        return Shape.Each(currencies, (currency, _) => DraftCurrency(disputeId, currency, draft, context));
    }

    private static List<EscrowShare> Divide(List<EscrowShare> shares, IReadOnlyList<OwnerShare> owners)
    {
        var sum = shares.Aggregate(UInt128.Zero, (total, share) => total + (UInt128)share.Amount.MinorUnits);
        var parts = OwnerShares.Divide(owners, sum);
        return [.. owners
            .Select((owner, i) => new EscrowShare(owner.OrganizationId, shares[0].Amount with { MinorUnits = (long)parts[i] }))
            .Where(share => share.Amount.MinorUnits > 0)];
    }

    private static Rejection? DraftCurrency(
        string disputeId, List<EscrowShare> shares, PostingDraft draft, CommandContext context)
    {
        var sum = shares[0].Amount with { MinorUnits = shares.Sum(share => share.Amount.MinorUnits) };
        var escrow = context.State.Accounts.Find(EscrowAccounts.IdOf(disputeId, sum.CurrencyCode))!.Account;
        return draft.Add("dispute_id", escrow, Direction.Debit, sum, PostingReason.Escrow)
            ?? Shape.Each(shares, (share, _) => DraftShare(share, draft, context));
    }

    private static Rejection? DraftShare(EscrowShare share, PostingDraft draft, CommandContext context)
    {
        var id = RevenueAccounts.IdOf(share.OrganizationId, share.Amount.CurrencyCode);
        var account = context.State.Accounts.Find(id)?.Account
            ?? RevenueAccounts.New(share.OrganizationId, share.Amount, context);
        draft.EnsureOpen(account);
        return draft.Add("dispute_id", account, Direction.Credit, share.Amount, PostingReason.Escrow);
    }
}
