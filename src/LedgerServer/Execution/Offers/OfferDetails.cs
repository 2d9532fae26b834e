using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>A price at which a work is licensed, as <c>kp.copyright.v1.OfferDetails</c>.</summary>
internal sealed record OfferDetails
{
    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>Id of the offer, unique on the ledger.</summary>
    public required string OfferId { get; init; }

    /// <summary>Price of one licence, 0 to 2^63-1 minor units.</summary>
    public required Money Price { get; init; }

    /// <summary>What the buyer gets.</summary>
    public required LicenceTerms Terms { get; init; }

    /// <summary>When it opens, by the order's time, microseconds since the Unix epoch; null means at once.</summary>
    public long? ValidFromMicros { get; init; }

    /// <summary>When it closes, exclusive; null means never.</summary>
    public long? ValidUntilMicros { get; init; }
}
