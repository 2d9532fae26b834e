using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Rules about who owns how much of a work.</summary>
internal static class OwnerShares
{
    /// <summary>Number, ids and single shares are within the contract's ranges.</summary>
    public static Rejection? CheckShape(string field, IReadOnlyList<OwnerShare> owners) =>
        Shape.Range(field + ".count", owners.Count, 1, EngineLimits.OwnersMax)
        ?? Shape.Each(owners, (owner, i) =>
            Shape.Id($"{field}[{i}].organization_id", owner.OrganizationId)
            ?? Shape.Range($"{field}[{i}].ppm", owner.Ppm, 1, EngineLimits.WholePpm));

    /// <summary>Each owner comes once and all shares make exactly the whole.</summary>
    public static Rejection? CheckWhole(string field, IReadOnlyList<OwnerShare> owners)
    {
        var sum = 0UL;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            sum += owner.Ppm;
            if (!seen.Add(owner.OrganizationId))
            {
                return Rejection.Because(
                    RejectionReason.SharesInvalid, $"{field}: {owner.OrganizationId} comes twice; add its shares up.");
            }
        }

        return sum == EngineLimits.WholePpm
            ? null
            : Rejection.Because(
                RejectionReason.SharesInvalid,
                $"{field}: the shares sum to {sum} ppm; they must sum to exactly {EngineLimits.WholePpm}.");
    }

    /// <summary>An organisation's share, ppm; 0 where it owns none.</summary>
    public static uint Of(IReadOnlyList<OwnerShare> owners, string organizationId)
    {
        foreach (var owner in owners)
        {
            if (string.Equals(owner.OrganizationId, organizationId, StringComparison.Ordinal))
            {
                return owner.Ppm;
            }
        }

        return 0;
    }

    /// <summary>An amount divided by the shares, exactly, by largest remainder; one part an owner, in their order.</summary>
    public static UInt128[] Divide(IReadOnlyList<OwnerShare> owners, UInt128 amount) => SplitCalculator.Split(
        amount, owners.Select(owner => owner.Ppm).ToArray(), RoundingRule.LargestRemainder, 0);

    /// <summary>
    /// The owners once a part has passed. Who owned before keeps its place, who has nothing left goes, a new owner comes
    /// last.
    /// </summary>
    public static IReadOnlyList<OwnerShare> Pass(IReadOnlyList<OwnerShare> owners, string from, string to, uint ppm)
    {
        var after = new List<OwnerShare>();
        foreach (var owner in owners)
        {
            var left = string.Equals(owner.OrganizationId, from, StringComparison.Ordinal) ? owner.Ppm - ppm
                : string.Equals(owner.OrganizationId, to, StringComparison.Ordinal) ? owner.Ppm + ppm
                : owner.Ppm;
            if (left > 0)
            {
                after.Add(owner with { Ppm = left });
            }
        }

        if (Of(owners, to) == 0)
        {
            after.Add(new OwnerShare(to, ppm));
        }

        return after;
    }
}
