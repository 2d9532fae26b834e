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
}
