using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>Outcome of one ordered command: what becomes a leaf of the log. Network and ledger are the engine's own.</summary>
internal sealed record Receipt
{
    /// <summary>Place in the order: dense, from 0, equal to the leaf's index.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Time that the order gave, microseconds since the Unix epoch; never falls along the sequence.</summary>
    public required long OrderedAtMicros { get; init; }

    /// <summary>SHA-256 of payload and signature.</summary>
    public required Hash256 CommandHash { get; init; }

    /// <summary>Who submitted.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Key that signed.</summary>
    public required string KeyId { get; init; }

    /// <summary>The command's key.</summary>
    public required IdempotencyKey IdempotencyKey { get; init; }

    /// <summary>Kind of the command.</summary>
    public required CommandKind Kind { get; init; }

    /// <summary>Why it was rejected; null where accepted.</summary>
    public required Rejection? Rejection { get; init; }

    /// <summary>All that it changed, in order; empty where rejected.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>Version of the rules that executed it.</summary>
    public required uint EngineVersion { get; init; }
}
