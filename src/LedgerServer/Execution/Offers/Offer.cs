namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>An offer as it stands.</summary>
internal sealed record Offer
{
    /// <summary>What is offered.</summary>
    public required OfferDetails Details { get; init; }

    /// <summary>Who published it.</summary>
    public required string PublishedByOrganizationId { get; init; }

    /// <summary>Sequence of its publication.</summary>
    public required ulong PublishedAtSequence { get; init; }

    /// <summary>Sequence of its withdrawal; null while not withdrawn.</summary>
    public ulong? WithdrawnAtSequence { get; init; }

    /// <summary>Whether it sells at <paramref name="atMicros"/>, by the order's time.</summary>
    public bool IsOpenAt(long atMicros) =>
        WithdrawnAtSequence is null
        && (Details.ValidFromMicros is null || Details.ValidFromMicros <= atMicros)
        && (Details.ValidUntilMicros is null || atMicros < Details.ValidUntilMicros);
}
