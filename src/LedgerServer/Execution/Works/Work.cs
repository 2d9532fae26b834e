using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>A registered work as it stands.</summary>
internal sealed record Work
{
    /// <summary>What is registered, with the owners of now.</summary>
    public required WorkDetails Details { get; init; }

    /// <summary>SHA-256 of the encoded details as they were registered.</summary>
    public required Hash256 DetailsHash { get; init; }

    /// <summary>Longest chain of ancestors above it; 0 where it derives from none.</summary>
    public int Depth { get; init; }

    /// <summary>The dispute that freezes its revenue; empty where there is none.</summary>
    public string OpenDisputeId { get; init; } = "";

    /// <summary>Who registered it.</summary>
    public required string RegisteredByOrganizationId { get; init; }

    /// <summary>Sequence of its registration.</summary>
    public required ulong RegisteredAtSequence { get; init; }

    /// <summary>Time of its registration by the order, microseconds since the Unix epoch.</summary>
    public required long RegisteredAtMicros { get; init; }
}
