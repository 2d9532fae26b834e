using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>Revenue divided by an agreement, not yet credited to anybody.</summary>
/// <param name="Agreement">The version that divides it.</param>
/// <param name="Split">Its parts, which sum to exactly the amount; each names the account that it credits.</param>
/// <param name="Credits">The credits that pay the parts above 0, in the order of the lines.</param>
internal sealed record DividedRevenue(
    AgreementVersion Agreement, SplitResult Split, IReadOnlyList<RevenueCredit> Credits)
{
    /// <summary>
    /// Drafts the credits, in order, and opens the accounts that are missing. Rejected where an account is in another
    /// currency or would pass a limit. The caller drafts the debit that pays for them, and drafts it first.
    /// </summary>
    public Rejection? Draft(PostingDraft draft, CommandContext context) =>
        Shape.Each(Credits, (credit, _) => DraftCredit(credit, draft, context));

    /// <summary>What the postings came from, for statements.</summary>
    /// <param name="referenceId">The purchase, revenue or pool.</param>
    /// <param name="workId">The work.</param>
    public PostingSource SourceOf(string referenceId, string workId) =>
        new(referenceId, workId, Split.AgreementId, Split.AgreementVersion);

    private static Rejection? DraftCredit(RevenueCredit credit, PostingDraft draft, CommandContext context)
    {
        const string field = "agreement.account_id";
        var existing = context.State.Accounts.Find(credit.AccountId);
        if (existing is not null && AccountChecks.Currency(field, existing, credit.Amount) is { } mismatch)
        {
            return mismatch;
        }

        var account = existing?.Account ?? RevenueTargets.New(credit, context);
        draft.EnsureOpen(account);
        return draft.Add(field, account, Direction.Credit, credit.Amount, credit.Reason)
            ?? (credit.DisputeId.Length == 0
                ? null
                : draft.Freeze(
                    credit.DisputeId, new EscrowShare(credit.OrganizationId, credit.Amount), context.State.Disputes));
    }
}
