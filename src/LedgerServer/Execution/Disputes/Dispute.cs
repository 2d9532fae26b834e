using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>A claim to a work, as it stands.</summary>
internal sealed record Dispute
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string DisputeId { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>Who claims.</summary>
    public required string ClaimantOrganizationId { get; init; }

    /// <summary>What is claimed, for people, 1 to 2048 UTF-8 bytes.</summary>
    public required string Claim { get; init; }

    /// <summary>Where it stands.</summary>
    public DisputeStatus Status { get; init; } = DisputeStatus.Open;

    /// <summary>Sequence of its opening.</summary>
    public required ulong OpenedAtSequence { get; init; }

    /// <summary>Votes, one an organisation, in the order of each organisation's first one.</summary>
    public IReadOnlyList<DisputeVote> Votes { get; init; } = [];

    /// <summary>Owners of the work from the resolution on; empty while open.</summary>
    public IReadOnlyList<OwnerShare> ResolvedOwners { get; init; } = [];

    /// <summary>Sequence of its resolution; null while open.</summary>
    public ulong? ResolvedAtSequence { get; init; }
}
