namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Divides an amount by weights, exactly: the parts sum to the amount and none is negative, under every rule and for every
/// amount up to 2^128-1. The rules are those of <see cref="RoundingRule"/>, with one addition: a weight of 0 never gets a
/// unit, because a party without a share must not be paid by rounding.
/// </summary>
internal static class SplitCalculator
{
    /// <summary>Divides.</summary>
    /// <param name="amount">What to divide.</param>
    /// <param name="weights">The weights in declared order; at least one is above 0.</param>
    /// <param name="rule">How to round.</param>
    /// <param name="dustIndex">Who gets the rest under <see cref="RoundingRule.FloorThenDust"/>; else unused.</param>
    /// <returns>One part a weight, in the same order.</returns>
    /// <exception cref="ArgumentException">All weights are 0; checked before an agreement can be active.</exception>
    public static UInt128[] Split(UInt128 amount, ReadOnlySpan<uint> weights, RoundingRule rule, int dustIndex)
    {
        var parts = new UInt128[weights.Length];
        var remainders = new UInt128[weights.Length];
        var left = Floor(amount, weights, parts, remainders);
        switch (rule)
        {
            case RoundingRule.LargestRemainder:
                GiveToLargest(left, parts, remainders);
                break;
            case RoundingRule.FloorToFirst:
                GiveToFirst(left, parts, weights);
                break;
            case RoundingRule.FloorThenDust:
                parts[dustIndex] += left;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rounding rule.");
        }

        return parts;
    }

    // With amount = q * whole + r, a part is q * weight + r * weight / whole: no intermediate exceeds the amount or 2^70.
    private static UInt128 Floor(UInt128 amount, ReadOnlySpan<uint> weights, UInt128[] parts, UInt128[] remainders)
    {
        UInt128 whole = 0;
        foreach (var weight in weights)
        {
            whole += weight;
        }

        if (whole == 0)
        {
            throw new ArgumentException("At least one weight must be above 0.", nameof(weights));
        }

        var (quotient, rest) = UInt128.DivRem(amount, whole);
        var left = amount;
        for (var i = 0; i < parts.Length; i++)
        {
            var (more, remainder) = UInt128.DivRem(rest * weights[i], whole);
            parts[i] = (quotient * weights[i]) + more;
            remainders[i] = remainder;
            left -= parts[i];
        }

        return left;
    }

    // Fewer units are left than there are remainders above 0, so each unit finds one that has got none yet.
    private static void GiveToLargest(UInt128 left, UInt128[] parts, UInt128[] remainders)
    {
        for (; left > 0; left--)
        {
            var largest = 0;
            for (var i = 1; i < remainders.Length; i++)
            {
                // Strictly larger: among equals the first declared wins.
                if (remainders[i] > remainders[largest])
                {
                    largest = i;
                }
            }

            parts[largest]++;
            remainders[largest] = 0;
        }
    }

    private static void GiveToFirst(UInt128 left, UInt128[] parts, ReadOnlySpan<uint> weights)
    {
        for (var i = 0; left > 0; i++)
        {
            if (weights[i] > 0)
            {
                parts[i]++;
                left--;
            }
        }
    }
}
