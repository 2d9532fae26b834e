namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>
/// Largest-remainder (Hamilton) division by weights: the floor of each exact part, then one unit each to the largest
/// remainders until none is left; among equal remainders the lower index first. Parts sum to exactly the amount.
/// </summary>
internal static class LargestRemainder
{
    /// <summary>Divides and adds each part to its slot.</summary>
    /// <param name="minorUnits">What to divide, 0 to 2^63-1.</param>
    /// <param name="weights">Weights above 0 that sum to at most 2^63-1, so that no product exceeds 2^126; at least one.</param>
    /// <param name="parts">Where the parts are added, one a weight.</param>
    public static void Add(long minorUnits, ReadOnlySpan<ulong> weights, Span<long> parts)
    {
        UInt128 whole = 0;
        foreach (var weight in weights)
        {
            whole += weight;
        }

        var remainders = new UInt128[weights.Length];
        var left = minorUnits;
        for (var i = 0; i < weights.Length; i++)
        {
            var (part, remainder) = UInt128.DivRem((UInt128)minorUnits * weights[i], whole);
            parts[i] += (long)part;
            left -= (long)part;
            remainders[i] = remainder;
        }

        if (left > 0)
        {
            GiveToLargest(left, remainders, parts);
        }
    }

    // Fewer units are left than there are weights. Indexes make the order total, so an unstable sort is one answer only.
    private static void GiveToLargest(long left, UInt128[] remainders, Span<long> parts)
    {
        var order = new int[remainders.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
        {
            var byRemainder = remainders[b].CompareTo(remainders[a]);
            return byRemainder != 0 ? byRemainder : a.CompareTo(b);
        });
        for (var i = 0; i < left; i++)
        {
            parts[order[i]]++;
        }
    }
}
