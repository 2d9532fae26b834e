using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>
/// What the parties of a purchase have not given back yet, and how a refund is divided over it: each the floor of its
/// proportional part, then one unit each to the largest remainders, ties to the party declared first. No part is ever
/// negative or above what remains, and the last refund exhausts all exactly. Differences of shares of the cumulative
/// refund would not do: they can be negative under every rounding rule.
/// </summary>
internal sealed class RemainingShares
{
    private readonly long[] _remaining;

    private RemainingShares(long[] remaining) => _remaining = remaining;

    /// <summary>Sum of what remains, minor units.</summary>
    public long Total => _remaining.Sum();

    /// <summary>Shares of which nothing was given back.</summary>
    /// <param name="remaining">Minor units of each, 0 or more.</param>
    public static RemainingShares Of(long[] remaining) => new(remaining);

    /// <summary>What remains of a split after refunds of it.</summary>
    /// <param name="split">The split.</param>
    /// <param name="refunds">Its refunds, each with the split's lines in their order.</param>
    public static RemainingShares After(SplitResult split, IReadOnlyList<RefundRecord> refunds)
    {
        var remaining = split.Lines.Select(line => line.Amount.MinorUnits).ToArray();
        foreach (var refund in refunds)
        {
            for (var i = 0; i < remaining.Length; i++)
            {
                remaining[i] -= refund.Split.Lines[i].Amount.MinorUnits;
            }
        }

        return new RemainingShares(remaining);
    }

    /// <summary>Divides a refund.</summary>
    /// <param name="amount">0 to <see cref="Total"/>.</param>
    /// <returns>One part a line, in the same order; they sum to the amount.</returns>
    public long[] Divide(long amount)
    {
        var total = (UInt128)Total;
        var parts = new long[_remaining.Length];
        if (amount == 0)
        {
            return parts;
        }

        var remainders = new UInt128[parts.Length];
        var left = amount;
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, remainder) = UInt128.DivRem((UInt128)amount * (UInt128)_remaining[i], total);
            (parts[i], remainders[i]) = ((long)part, remainder);
            left -= parts[i];
        }

        // Fewer units are left than there are remainders above 0, and who has a remainder has a unit left to give.
        for (; left > 0; left--)
        {
            var largest = 0;
            for (var i = 1; i < remainders.Length; i++)
            {
                largest = remainders[i] > remainders[largest] ? i : largest;
            }

            parts[largest]++;
            remainders[largest] = 0;
        }

        return parts;
    }
}
