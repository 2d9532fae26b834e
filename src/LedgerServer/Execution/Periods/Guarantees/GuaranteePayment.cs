using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Periods.Guarantees;

/// <summary>
/// Pays the gaps up to the minimum guarantees of a period, in the order in which their versions were proposed, then that of
/// splits and parties: as many as one receipt holds.
/// </summary>
internal sealed class GuaranteePayment(SettlementPeriod period, CommandContext context)
{
    private readonly PostingDraft _draft = new(context.State.Accounts);

    /// <summary>Guarantees of the period that are met or paid once the draft is committed.</summary>
    public int Settled { get; private set; } = period.GuaranteesSettled;

    /// <summary>Number of payments that are drafted.</summary>
    public int Payments { get; private set; }

    /// <summary>The postings.</summary>
    public PostingDraft Postings => _draft;

    /// <summary>Drafts payments until the receipt is full or every guarantee is met. GUARANTEE_UNFUNDED refuses all.</summary>
    public Rejection? Draft()
    {
        while (Settled < period.Guarantees.Count && Payments < EngineLimits.GuaranteesPerReceiptMax)
        {
            var due = period.Guarantees[Settled];
            var gap = due.Guarantee.GapOf(context.State.Earnings.Of(period.PeriodId, due));
            if (gap.MinorUnits > 0)
            {
                if (Pay(due, gap) is { } rejection)
                {
                    return rejection;
                }

                Payments++;
            }

            Settled++;
        }

        return null;
    }

    private Rejection? Pay(DueGuarantee due, Money gap)
    {
        _draft.From(new PostingSource(period.PeriodId, "", due.AgreementId, due.Version));
        return Debit(due, gap) ?? Credit(due, gap);
    }

    // The guarantor's revenue account, else the first of its wallets that can pay it all.
    private Rejection? Debit(DueGuarantee due, Money gap)
    {
        var guarantor = due.Guarantee.GuarantorOrganizationId;
        var revenue = context.State.Accounts.Find(RevenueAccounts.IdOf(guarantor, gap.CurrencyCode));
        var wallets = context.State.Accounts.OwnedBy(AccountOwner.Organization(guarantor))
            .Where(account => account.Account.Kind == AccountKind.Wallet
                && string.Equals(account.Account.CurrencyCode, gap.CurrencyCode, StringComparison.Ordinal))
            .Take(EngineLimits.GuarantorWalletsMax);
        foreach (var account in revenue is null ? wallets : wallets.Prepend(revenue))
        {
            if (_draft.Add("guarantor", account.Account, Direction.Debit, gap, PostingReason.MinimumGuarantee) is null)
            {
                return null;
            }
        }

        return Rejection.Because(
            RejectionReason.GuaranteeUnfunded,
            $"period_id: {guarantor} owes {gap.MinorUnits} minor units of {gap.CurrencyCode} to {due.Guarantee.Party.OrganizationId} by agreement {due.AgreementId}; bring them on its revenue account or a wallet.");
    }

    private Rejection? Credit(DueGuarantee due, Money gap)
    {
        var party = due.Guarantee.Party;
        var id = party.AccountId.Length > 0 ? party.AccountId : RevenueAccounts.IdOf(party.OrganizationId, gap.CurrencyCode);
        var existing = context.State.Accounts.Find(id);
        if (existing is not null && AccountChecks.Currency("agreement.account_id", existing, gap) is { } mismatch)
        {
            return mismatch;
        }

        var account = existing?.Account ?? RevenueAccounts.New(party.OrganizationId, gap, context);
        _draft.EnsureOpen(account);
        return _draft.Add("agreement.account_id", account, Direction.Credit, gap, PostingReason.MinimumGuarantee);
    }
}
