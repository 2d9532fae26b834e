namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Records a learner's consent, by the platform that acts for the learner.</summary>
internal sealed record GrantConsent : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.GrantConsent;

    /// <summary>Id of the consent, unique on the ledger.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The learner.</summary>
    public required string SubjectPseudonym { get; init; }

    /// <summary>Who may use the data.</summary>
    public required string GranteeOrganizationId { get; init; }

    /// <summary>What for, 1 to 6, no doubles.</summary>
    public required IReadOnlyList<Purpose> Purposes { get; init; }

    /// <summary>Which data, 1 to 64 ids, no doubles.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it runs out; null means never.</summary>
    public long? ExpiresAtMicros { get; init; }

    /// <summary>Salted SHA-256 of the evidence, 32 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> EvidenceCommitment { get; init; }
}
