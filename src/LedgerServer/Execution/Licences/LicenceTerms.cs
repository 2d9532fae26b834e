namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>What a licence grants, as <c>kp.copyright.v1.LicenceTerms</c>.</summary>
internal sealed record LicenceTerms
{
    /// <summary>What it allows.</summary>
    public required LicenceUse Use { get; init; }

    /// <summary>How long it holds from its grant, days of 86,400 s, 1 to 36,500; 0 means without end.</summary>
    public uint PeriodDays { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes, 0 to 250, ascending, no doubles; empty means everywhere.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>Whether the holder may pass it on.</summary>
    public bool Transferable { get; init; }

    /// <summary>People who may use it, 1 to 1,000,000; 0 means 1.</summary>
    public uint Seats { get; init; }

    /// <summary>Where the legal text is, 0 to 2048 UTF-8 bytes.</summary>
    public string TermsUri { get; init; } = "";

    /// <summary>SHA-256 of the legal text, 32 bytes or none.</summary>
    public ReadOnlyMemory<byte> TermsHash { get; init; }
}
