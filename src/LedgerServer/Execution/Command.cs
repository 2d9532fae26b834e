using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// A decoded command whose signature, network and ledger were checked at admission. Everything else, also whether the
/// key may still sign, is checked by the engine at the command's place in the order.
/// </summary>
internal sealed record Command
{
    /// <summary>Who submits.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Key that signed.</summary>
    public required string KeyId { get; init; }

    /// <summary>Unique for the organisation on the ledger.</summary>
    public required IdempotencyKey IdempotencyKey { get; init; }

    /// <summary>Earliest order time, microseconds since the Unix epoch, inclusive; null means any.</summary>
    public long? NotBeforeMicros { get; init; }

    /// <summary>Latest order time, microseconds since the Unix epoch, inclusive.</summary>
    public required long NotAfterMicros { get; init; }

    /// <summary>SHA-256 of the signed payload: what "same body" means for the idempotency key.</summary>
    public required Hash256 PayloadHash { get; init; }

    /// <summary>SHA-256 of the payload followed by the signature, as it stands in the receipt.</summary>
    public required Hash256 CommandHash { get; init; }

    /// <summary>What to do.</summary>
    public required CommandBody Body { get; init; }

    /// <summary>Whether not_after is too far away for a command that is ordered at a time.</summary>
    /// <param name="orderedAtMicros">Order time, microseconds since the Unix epoch.</param>
    public bool IsWindowTooLong(long orderedAtMicros) => NotAfterMicros - (NotBeforeMicros ?? orderedAtMicros) > EngineLimits.WindowMicrosMax;
}
