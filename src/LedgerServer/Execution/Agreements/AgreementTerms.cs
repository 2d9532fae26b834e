namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>What the parties agree to, as <c>kp.agreement.v1.AgreementTerms</c>.</summary>
internal sealed record AgreementTerms
{
    /// <summary>Id of the agreement, unique on the ledger.</summary>
    public required string AgreementId { get; init; }

    /// <summary>Version, from 1, dense.</summary>
    public required uint Version { get; init; }

    /// <summary>What it covers; the same for all versions.</summary>
    public required AgreementScope Scope { get; init; }

    /// <summary>One split a kind of revenue, 1 to 4, each kind at most once.</summary>
    public required IReadOnlyList<SplitTerms> Splits { get; init; }

    /// <summary>From when it splits, microseconds since the Unix epoch; null means from the last acceptance.</summary>
    public long? EffectiveFromMicros { get; init; }

    /// <summary>Until when, exclusive; null means without end.</summary>
    public long? EffectiveUntilMicros { get; init; }

    /// <summary>Where the legal text is, 0 to 2048 UTF-8 bytes.</summary>
    public string TermsUri { get; init; } = "";

    /// <summary>SHA-256 of the legal text, 32 bytes or none.</summary>
    public ReadOnlyMemory<byte> LegalTextHash { get; init; }

    /// <summary>The split of a kind of revenue; null where the agreement has none.</summary>
    public SplitTerms? SplitOf(RevenueKind kind)
    {
        foreach (var split in Splits)
        {
            if (split.RevenueKind == kind)
            {
                return split;
            }
        }

        return null;
    }
}
