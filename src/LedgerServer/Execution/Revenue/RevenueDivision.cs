using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Royalties;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>
/// Divides what a work earned, whatever the kind of revenue: a pure function of the item, the state and the order's time.
/// A command that divides revenue checks its own rules, calls <see cref="Divide"/>, drafts the debit that pays, lets
/// <see cref="DividedRevenue.Draft"/> draft the credits, and commits the draft with <see cref="DividedRevenue.SourceOf"/>.
/// <para>
/// Stages, each a place of its own, so that callers stay as they are when one learns more: the agreement
/// (<see cref="AgreementTable.FindActive"/>), its split of the kind, the parts of the amount (<see cref="LinesOf"/>),
/// the royalties of ancestors (<see cref="RoyaltyLines"/>, carved out of the lines that pay them), the account of each line (<see cref="RevenueTargets"/>), and the
/// credits (<see cref="CreditOf"/>).
/// </para>
/// </summary>
internal static class RevenueDivision
{
    /// <summary>Divides an amount by the split that is in force for the work and kind at a time.</summary>
    /// <param name="item">What is divided.</param>
    /// <param name="state">The state; not changed.</param>
    /// <param name="atMicros">The order's time, microseconds since the Unix epoch.</param>
    /// <param name="divided">The parts and their credits; null where rejected.</param>
    /// <returns>
    /// NO_ACTIVE_AGREEMENT where no agreement that the owners signed splits this kind of revenue, CURRENCY_MISMATCH where
    /// its caps and floors are in another currency than the amount, which could not be held to them, LIMIT_REACHED where
    /// royalties would go to more owners than a receipt can hold; else null.
    /// </returns>
    public static Rejection? Divide(RevenueItem item, LedgerState state, long atMicros, out DividedRevenue? divided)
    {
        divided = null;
        var agreement = state.Agreements.FindActive(item.Work, item.Kind, atMicros);
        if (agreement is null)
        {
            return Rejection.Because(
                RejectionReason.NoActiveAgreement,
                $"work_id: no active agreement that the work's owners have signed covers its {item.Kind} revenue; have one accepted first.");
        }

        var terms = agreement.Terms.SplitOf(item.Kind)!;
        if (CheckCurrency(terms, item.Amount) is { } mismatch)
        {
            return mismatch;
        }

        if (AncestorRules.CheckOwners(AncestorRules.CountOwners(item.Work.Details, state.Works)) is { } tooMany)
        {
            return tooMany;
        }

        var lines = RevenueTargets.Freeze(
            item.Work, RoyaltyLines.Carve(item.Work, LinesOf(item, terms), state.Works), state.Works);
        var split = new SplitResult
        {
            AgreementId = agreement.Terms.AgreementId,
            AgreementVersion = agreement.Terms.Version,
            RevenueKind = terms.RevenueKind,
            Rounding = terms.Rounding,
            Amount = item.Amount,
            Lines = lines,
        };
        divided = new DividedRevenue(
            agreement, split, [.. lines.Where(line => line.Amount.MinorUnits > 0).Select(line => CreditOf(line, item, state.Works))]);
        return null;
    }

    private static Rejection? CheckCurrency(SplitTerms terms, Money amount) =>
        terms.LimitCurrency is not { } currency || string.Equals(currency, amount.CurrencyCode, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.CurrencyMismatch,
                $"work_id: the agreement's caps and floors are in {currency}, so it does not divide {amount.CurrencyCode}; sign one that does.");

    private static List<SplitLine> LinesOf(RevenueItem item, SplitTerms terms)
    {
        var parts = terms.PartsOf(item.Amount.MinorUnits);
        return [.. terms.Parties.Select((party, i) => new SplitLine(
            party.OrganizationId,
            party.Role,
            party.Ppm,
            item.Amount with { MinorUnits = (long)parts[i] },
            RevenueTargets.IdOf(party, item.Amount.CurrencyCode)))];
    }

    private static RevenueCredit CreditOf(SplitLine line, RevenueItem item, WorkTable works)
    {
        var dispute = RevenueTargets.DisputeOf(line, item.Work, works);
        var reason = dispute.Length > 0 ? PostingReason.Escrow
            : line.RoyaltyOfWorkId.Length > 0 ? PostingReason.Royalty
            : item.Reason;
        return new RevenueCredit(line.OrganizationId, line.AccountId, line.Amount, reason, dispute);
    }
}
