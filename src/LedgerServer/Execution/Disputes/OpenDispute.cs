namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>Claims a work; its producer revenue is frozen from here on.</summary>
internal sealed record OpenDispute : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.OpenDispute;

    /// <summary>Id of the dispute, unique on the ledger, 1 to 116 characters.</summary>
    public required string DisputeId { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>What is claimed, for people, 1 to 2048 UTF-8 bytes.</summary>
    public required string Claim { get; init; }

    /// <summary>SHA-256 of the evidence, 32 bytes each, 0 to 32.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> EvidenceHashes { get; init; } = [];
}
