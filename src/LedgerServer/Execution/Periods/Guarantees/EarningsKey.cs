using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Periods.Guarantees;

/// <summary>What earnings add up by: one line of one split of an agreement, in one currency and period.</summary>
/// <param name="PeriodId">The period.</param>
/// <param name="AgreementId">The agreement, whatever its version.</param>
/// <param name="RevenueKind">Which of its splits.</param>
/// <param name="OrganizationId">The party.</param>
/// <param name="Role">Role in which it is paid.</param>
/// <param name="CurrencyCode">ISO 4217 code.</param>
internal readonly record struct EarningsKey(
    string PeriodId, string AgreementId, RevenueKind RevenueKind, string OrganizationId, Role Role, string CurrencyCode)
{
    /// <summary>A total order by the fields as they stand.</summary>
    public static int Compare(EarningsEntry left, EarningsEntry right)
    {
        var (a, b) = (left.Key, right.Key);
        ReadOnlySpan<int> orders =
        [
            string.CompareOrdinal(a.PeriodId, b.PeriodId),
            string.CompareOrdinal(a.AgreementId, b.AgreementId),
            a.RevenueKind.CompareTo(b.RevenueKind),
            string.CompareOrdinal(a.OrganizationId, b.OrganizationId),
            a.Role.CompareTo(b.Role),
            string.CompareOrdinal(a.CurrencyCode, b.CurrencyCode),
        ];
        var first = orders.IndexOfAnyExcept(0);
        return first < 0 ? 0 : orders[first];
    }
}
