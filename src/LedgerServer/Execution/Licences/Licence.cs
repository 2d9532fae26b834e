namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>A licence as it was granted.</summary>
internal sealed record Licence
{
    /// <summary>Its id; that of a purchase is the purchase's.</summary>
    public required string LicenceId { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>Who holds it.</summary>
    public required LicenceHolder Holder { get; init; }

    /// <summary>What it grants.</summary>
    public required LicenceTerms Terms { get; init; }

    /// <summary>From when it holds, by the order's time, microseconds since the Unix epoch.</summary>
    public required long ValidFromMicros { get; init; }

    /// <summary>Until when, exclusive; null means without end.</summary>
    public required long? ValidUntilMicros { get; init; }

    /// <summary>Purchase that it came from.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>Sequence of its grant.</summary>
    public required ulong GrantedAtSequence { get; init; }

    /// <summary>Where it stands at <paramref name="atMicros"/>, by the order's time.</summary>
    public LicenceStatus StatusAt(long atMicros) =>
        atMicros < ValidUntilMicros || ValidUntilMicros is null ? LicenceStatus.Active : LicenceStatus.Expired;
}
