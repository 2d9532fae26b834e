using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>A registered work as it stands.</summary>
internal sealed record Work
{
    /// <summary>What is registered, with the owners of now.</summary>
    public required WorkDetails Details { get; init; }

    /// <summary>SHA-256 of the encoded details as they were registered.</summary>
    public required Hash256 DetailsHash { get; init; }

    /// <summary>Who registered it.</summary>
    public required string RegisteredByOrganizationId { get; init; }

    /// <summary>Sequence of its registration.</summary>
    public required ulong RegisteredAtSequence { get; init; }

    /// <summary>Time of its registration by the order, microseconds since the Unix epoch.</summary>
    public required long RegisteredAtMicros { get; init; }
}
