namespace KpGrpc.LedgerServer.Execution.Agreements.Limits;

/// <summary>
/// Divides an amount by weights between floors and caps, exactly: the parts sum to the amount, none is negative, none is
/// above its cap, and none is below its floor unless all floors together are more than the amount; then the floors are
/// met in declared order as far as the amount goes.
/// <para>
/// The shares are divided by their weights. Where that lifts more to floors than it cuts at caps, those below their floor
/// get it and are out; where it cuts more, those above their cap get that and are out; where both are equal, both. What
/// is left is divided by the weights of those who remain, until nobody is out of bounds. This is how CSS resolves flexible
/// lengths (CSS Flexible Box Layout, section 9.7), and gives everybody who is at no bound the same amount a unit of weight,
/// up to rounding. It ends, because each round takes at least one out.
/// </para>
/// </summary>
internal static class BoundedSplitCalculator
{
    /// <summary>Divides.</summary>
    /// <param name="amount">What to divide, at most 2^64, so that sums of bounds fit.</param>
    /// <param name="shares">The shares in declared order; at least one with a weight above 0 has no cap.</param>
    /// <param name="rule">How to round.</param>
    /// <param name="dustIndex">
    /// Who gets the rest under <see cref="RoundingRule.FloorThenDust"/>, up to its cap; once it is at a bound, the rest goes
    /// to the others as under <see cref="RoundingRule.FloorToFirst"/>.
    /// </param>
    /// <returns>One part a share, in the same order.</returns>
    /// <exception cref="ArgumentException">Every share with a weight has a cap; checked before an agreement is proposed.</exception>
    public static UInt128[] Split(UInt128 amount, ReadOnlySpan<BoundedShare> shares, RoundingRule rule, int dustIndex)
    {
        var weights = new uint[shares.Length];
        var isUncapped = false;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = shares[i].Weight;
            isUncapped |= shares[i] is { Weight: > 0, Cap: null };
        }

        if (!isUncapped)
        {
            throw new ArgumentException("At least one weight above 0 must be without a cap.", nameof(shares));
        }

        var parts = new UInt128[shares.Length];
        var floors = FitFloors(amount, shares);
        var open = new bool[shares.Length];
        var left = amount;
        for (var i = 0; i < open.Length; i++)
        {
            open[i] = weights[i] > 0 || (rule == RoundingRule.FloorThenDust && i == dustIndex);
            if (!open[i])
            {
                left -= parts[i] = floors[i];
            }
        }

        do
        {
            DivideAmongOpen(left, parts, weights, open, rule, dustIndex);
        }
        while (CloseViolators(parts, weights, open, floors, shares, ref left));

        return parts;
    }

    private static UInt128[] FitFloors(UInt128 amount, ReadOnlySpan<BoundedShare> shares)
    {
        var floors = new UInt128[shares.Length];
        for (var i = 0; i < floors.Length; i++)
        {
            floors[i] = UInt128.Min(shares[i].Floor, amount);
            amount -= floors[i];
        }

        return floors;
    }

    // Those who are out have a weight of 0 by now, which never gets a unit.
    private static void DivideAmongOpen(
        UInt128 left, UInt128[] parts, uint[] weights, bool[] open, RoundingRule rule, int dustIndex)
    {
        var isDustOpen = rule == RoundingRule.FloorThenDust && open[dustIndex];
        UInt128[] divided;
        if (Array.TrueForAll(weights, weight => weight == 0))
        {
            // Only the dust party may be left; without it nothing is, because the bounds hold the amount exactly.
            divided = new UInt128[parts.Length];
            divided[dustIndex] = isDustOpen ? left : 0;
        }
        else
        {
            var shown = rule == RoundingRule.FloorThenDust && !isDustOpen ? RoundingRule.FloorToFirst : rule;
            divided = SplitCalculator.Split(left, weights, shown, dustIndex);
        }

        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = open[i] ? divided[i] : parts[i];
        }
    }

    private static bool CloseViolators(
        UInt128[] parts, uint[] weights, bool[] open, UInt128[] floors, ReadOnlySpan<BoundedShare> shares, ref UInt128 left)
    {
        UInt128 lifted = 0;
        UInt128 cut = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            lifted += open[i] && parts[i] < floors[i] ? floors[i] - parts[i] : 0;
            cut += open[i] && parts[i] > shares[i].Cap ? parts[i] - shares[i].Cap!.Value : 0;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var isBelow = lifted >= cut && parts[i] < floors[i];
            var isAbove = cut >= lifted && parts[i] > shares[i].Cap;
            if (open[i] && (isBelow || isAbove))
            {
                left -= parts[i] = isBelow ? floors[i] : shares[i].Cap!.Value;
                (open[i], weights[i]) = (false, 0);
            }
        }

        return lifted > 0 || cut > 0;
    }
}
