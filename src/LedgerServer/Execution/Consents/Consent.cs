namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>A learner's consent that an organisation uses data.</summary>
internal sealed record Consent
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The learner.</summary>
    public required string SubjectPseudonym { get; init; }

    /// <summary>Who may use the data.</summary>
    public required string GranteeOrganizationId { get; init; }

    /// <summary>The platform that recorded it, and alone may end it.</summary>
    public required string GrantedByOrganizationId { get; init; }

    /// <summary>What for, ascending.</summary>
    public required IReadOnlyList<Purpose> Purposes { get; init; }

    /// <summary>Which data, ascending by bytes.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it runs out, by the order's time, exclusive; null means never.</summary>
    public long? ExpiresAtMicros { get; init; }

    /// <summary>Sequence of its grant.</summary>
    public required ulong GrantedAtSequence { get; init; }

    /// <summary>Sequence of its revocation or of the erasure; null before.</summary>
    public ulong? EndedAtSequence { get; init; }

    /// <summary>Whether the erasure of its subject ended it.</summary>
    public bool EndedByErasure { get; init; }

    /// <summary>Where it stands at a time, by all commands so far.</summary>
    public ConsentStatus StatusAt(long micros)
    {
        if (EndedAtSequence is not null)
        {
            return EndedByErasure ? ConsentStatus.Erased : ConsentStatus.Revoked;
        }

        return HasExpiredAt(micros) ? ConsentStatus.Expired : ConsentStatus.Active;
    }

    /// <summary>Whether it held right after a sequence whose order time is given.</summary>
    public bool HeldAt(ulong sequence, long micros) =>
        GrantedAtSequence <= sequence && !(EndedAtSequence <= sequence) && !HasExpiredAt(micros);

    private bool HasExpiredAt(long micros) => micros >= ExpiresAtMicros;
}
