using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Refunds;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>
/// Takes the parts of a refund that a dispute froze from where their money is now. While the dispute is open that is its
/// escrow; after a dismissal, who earned it; after an upheld claim, the new owners, each in proportion to what it got and
/// has not given back, by largest remainder. Those parts go back through the escrow account, so that a line of a refund
/// names the one account that it debits.
/// </summary>
internal sealed class EscrowReturns
{
    private readonly List<(string DisputeId, EscrowShare Share)> _thawed = [];
    private readonly List<(string DisputeId, EscrowShare Share)> _returned = [];
    private readonly DisputeTable _disputes;

    /// <summary>Finds where the money is.</summary>
    /// <param name="lines">Lines of a refund, with the accounts that the sale credited.</param>
    /// <param name="disputes">The disputes; not changed before <see cref="Commit"/>.</param>
    public EscrowReturns(IReadOnlyList<SplitLine> lines, DisputeTable disputes)
    {
        _disputes = disputes;
        Lines = [.. lines.Select(line => IsFrozen(line) && DisputeOf(line).Status == DisputeStatus.Dismissed
            ? line with { AccountId = RevenueAccounts.IdOf(line.OrganizationId, line.Amount.CurrencyCode) }
            : line)];
        foreach (var line in lines.Where(IsFrozen))
        {
            if (DisputeOf(line).Status == DisputeStatus.Open)
            {
                _thawed.Add((DisputeOf(line).DisputeId, new EscrowShare(line.OrganizationId, line.Amount)));
            }
        }

        foreach (var dispute in lines
            .Where(line => IsFrozen(line) && DisputeOf(line).Status == DisputeStatus.Upheld)
            .GroupBy(line => DisputeOf(line).DisputeId, StringComparer.Ordinal))
        {
            var amount = dispute.First().Amount with { MinorUnits = dispute.Sum(line => line.Amount.MinorUnits) };
            _returned.AddRange(Divide(dispute.Key, amount).Select(share => (dispute.Key, share)));
        }
    }

    /// <summary>The lines with the accounts to debit.</summary>
    public IReadOnlyList<SplitLine> Lines { get; }

    /// <summary>
    /// Drafts what new owners give back, each as a debit of its revenue account and a credit of the escrow, in the order of
    /// the lines, then of the owners.
    /// </summary>
    /// <param name="add">Drafts one posting.</param>
    /// <returns>LIMIT_REACHED where more owners than a receipt can hold would give back; else what <paramref name="add"/> says.</returns>
    public Rejection? Draft(Func<string, Direction, Money, Rejection?> add) =>
        _returned.Count > EngineLimits.EscrowReturnsMax
            ? Rejection.Because(
                RejectionReason.LimitReached,
                $"purchase_id: {_returned.Count} owners would give back, at most {EngineLimits.EscrowReturnsMax} fit; settle it outside this purchase.")
            : Shape.Each(_returned, (returned, _) =>
                add(RevenueAccounts.IdOf(returned.Share.OrganizationId, returned.Share.Amount.CurrencyCode), Direction.Debit, returned.Share.Amount)
                ?? add(EscrowAccounts.IdOf(returned.DisputeId, returned.Share.Amount.CurrencyCode), Direction.Credit, returned.Share.Amount));

    /// <summary>Forgets what was given back.</summary>
    public void Commit()
    {
        foreach (var (disputeId, share) in _thawed)
        {
            _disputes.Thaw(disputeId, share);
        }

        foreach (var (disputeId, share) in _returned)
        {
            _disputes.Return(disputeId, share);
        }
    }

    private static bool IsFrozen(SplitLine line) => line.Amount.MinorUnits > 0 && EscrowAccounts.IsReserved(line.AccountId);

    private Dispute DisputeOf(SplitLine line) => _disputes.Find(EscrowAccounts.DisputeOf(line.AccountId))!;

    // What owners of a currency have left is at least what the sales that paid them have left, so every part fits.
    private IEnumerable<EscrowShare> Divide(string disputeId, Money amount)
    {
        var owners = _disputes.PaidOf(disputeId)
            .Where(share => string.Equals(share.Amount.CurrencyCode, amount.CurrencyCode, StringComparison.Ordinal)).ToList();
        var parts = RemainingShares.Of([.. owners.Select(share => share.Amount.MinorUnits)]).Divide(amount.MinorUnits);
        return owners.Select((share, i) => share with { Amount = amount with { MinorUnits = parts[i] } })
            .Where(share => share.Amount.MinorUnits > 0);
    }
}
