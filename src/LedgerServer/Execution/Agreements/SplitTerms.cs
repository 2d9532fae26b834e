using KpGrpc.LedgerServer.Execution.Agreements.Limits;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>The split of one kind of revenue, as <c>kp.agreement.v1.Split</c>.</summary>
internal sealed record SplitTerms
{
    /// <summary>Which revenue.</summary>
    public required RevenueKind RevenueKind { get; init; }

    /// <summary>The parties in declared order, which breaks ties, 1 to 16.</summary>
    public required IReadOnlyList<Party> Parties { get; init; }

    /// <summary>How to round.</summary>
    public required RoundingRule Rounding { get; init; }

    /// <summary>Party that gets the rest under <see cref="RoundingRule.FloorThenDust"/>; else empty.</summary>
    public string DustOrganizationId { get; init; } = "";

    /// <summary>
    /// Position of the dust party; where it is paid in two roles, the first declared one gets the rest. 0 under other rules.
    /// </summary>
    public int DustIndex
    {
        get
        {
            for (var i = 0; i < Parties.Count; i++)
            {
                if (string.Equals(Parties[i].OrganizationId, DustOrganizationId, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return 0;
        }
    }

    /// <summary>Currency of the caps and floors, which is the only one that this split divides; null where it has none.</summary>
    public string? LimitCurrency
    {
        get
        {
            foreach (var party in Parties)
            {
                if ((party.CapPerSale ?? party.FloorPerSale) is { } limit)
                {
                    return limit.CurrencyCode;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// The parts of an amount, one a party in declared order. They sum to exactly the amount and none is negative.
    /// </summary>
    /// <param name="minorUnits">The amount, 0 to 2^63-1, in <see cref="LimitCurrency"/> where there is one.</param>
    public UInt128[] PartsOf(long minorUnits)
    {
        if (LimitCurrency is null)
        {
            return SplitCalculator.Split(
                (UInt128)minorUnits, [.. Parties.Select(party => party.Ppm)], Rounding, DustIndex);
        }

        var shares = Parties.Select(party => new BoundedShare(
            party.Ppm, (UInt128)(party.FloorPerSale?.MinorUnits ?? 0), (UInt128?)party.CapPerSale?.MinorUnits)).ToArray();
        return BoundedSplitCalculator.Split((UInt128)minorUnits, shares, Rounding, DustIndex);
    }
}
