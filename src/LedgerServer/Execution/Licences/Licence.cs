namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>A licence as it stands.</summary>
internal sealed record Licence
{
    /// <summary>Its id; that of a purchase is the purchase's.</summary>
    public required string LicenceId { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>Who holds it now.</summary>
    public required LicenceHolder Holder { get; init; }

    /// <summary>What it grants.</summary>
    public required LicenceTerms Terms { get; init; }

    /// <summary>From when it holds, by the order's time, microseconds since the Unix epoch.</summary>
    public required long ValidFromMicros { get; init; }

    /// <summary>Until when, exclusive; null means without end.</summary>
    public required long? ValidUntilMicros { get; init; }

    /// <summary>Purchase that it came from; empty for a direct grant.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>Who granted it: an owner, or the platform that sold it.</summary>
    public required string GrantedByOrganizationId { get; init; }

    /// <summary>Sequence of its grant.</summary>
    public required ulong GrantedAtSequence { get; init; }

    /// <summary>Sequence since which its holder has it: of its grant or of its last transfer.</summary>
    public required ulong HeldSinceSequence { get; init; }

    /// <summary>Sequence of its revocation; null unless revoked.</summary>
    public ulong? RevokedAtSequence { get; init; }

    /// <summary>Order time of its revocation, microseconds since the Unix epoch; null unless revoked.</summary>
    public long? RevokedAtMicros { get; init; }

    /// <summary>Where it stands at <paramref name="atMicros"/>, by the order's time.</summary>
    public LicenceStatus StatusAt(long atMicros)
    {
        if (RevokedAtMicros <= atMicros)
        {
            return LicenceStatus.Revoked;
        }

        return atMicros < ValidUntilMicros || ValidUntilMicros is null ? LicenceStatus.Active : LicenceStatus.Expired;
    }

    /// <summary>Whether it allows at least what <paramref name="terms"/> would: the same use, no fewer territories or seats.</summary>
    public bool Covers(LicenceTerms terms) =>
        Terms.Use == terms.Use
        && Math.Max(1, Terms.Seats) >= Math.Max(1, terms.Seats)
        && (Terms.Territories.Count == 0
            || (terms.Territories.Count > 0 && terms.Territories.All(code => Terms.Territories.Contains(code, StringComparer.Ordinal))));
}
