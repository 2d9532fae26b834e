using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Who gives back a part of a sale that a dispute froze: the one who got it in the end. While it is frozen nobody has got
/// it; and where several new owners share what many sales brought, no part of a single sale is any one's to give back.
/// </summary>
internal static class EscrowRefunds
{
    /// <summary>Redirects the lines above 0 that were frozen, to the account that their money was paid to.</summary>
    /// <param name="lines">Lines of a refund, with the accounts that the sale credited.</param>
    /// <param name="disputes">The disputes.</param>
    /// <param name="redirected">The lines with the accounts to debit; null where rejected.</param>
    /// <returns>REVENUE_FROZEN where a line has no such account; else null.</returns>
    public static Rejection? Redirect(
        IReadOnlyList<SplitLine> lines, DisputeTable disputes, out IReadOnlyList<SplitLine>? redirected)
    {
        redirected = null;
        var rejection = Shape.Each(lines, (line, _) => !IsFrozen(line) || PaidTo(line, disputes) is not null
            ? null
            : Rejection.Because(
                RejectionReason.RevenueFrozen,
                $"purchase_id: a part is in a dispute's escrow, or was paid to several owners by its resolution; settle it outside this purchase."));
        redirected = rejection is null
            ? [.. lines.Select(line => IsFrozen(line)
                ? line with { AccountId = RevenueAccounts.IdOf(PaidTo(line, disputes)!, line.Amount.CurrencyCode) }
                : line)]
            : null;
        return rejection;
    }

    private static bool IsFrozen(SplitLine line) => line.Amount.MinorUnits > 0 && EscrowAccounts.IsReserved(line.AccountId);

    private static string? PaidTo(SplitLine line, DisputeTable disputes)
    {
        var dispute = disputes.Find(EscrowAccounts.DisputeOf(line.AccountId))!;
        return dispute.Status switch
        {
            DisputeStatus.Dismissed => line.OrganizationId,
            DisputeStatus.Upheld when dispute.ResolvedOwners.Count == 1 => dispute.ResolvedOwners[0].OrganizationId,
            _ => null,
        };
    }
}
