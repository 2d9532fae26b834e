using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// A change that waits for approvals. Its votes are those of organisations that may approve now: who loses that loses its
/// vote, and may vote again once it has it back.
/// </summary>
internal sealed record PendingChange
{
    /// <summary>Command hash of the proposal: the change's name.</summary>
    public required Hash256 ChangeHash { get; init; }

    /// <summary>Sequence of the proposal.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Order time of the proposal, microseconds since the Unix epoch.</summary>
    public required long ProposedAtMicros { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string ProposedByOrganizationId { get; init; }

    /// <summary>What it would do.</summary>
    public required ChangeBody Body { get; init; }

    /// <summary>k, by the policy at the proposal.</summary>
    public required uint ApprovalsNeeded { get; init; }

    /// <summary>Who approved, in order of the votes.</summary>
    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    /// <summary>Who voted against, in order of the votes.</summary>
    public IReadOnlyList<string> RejectedBy { get; init; } = [];

    /// <summary>Whether an organisation has voted.</summary>
    public bool HasVoted(string organizationId) =>
        ApprovedBy.Contains(organizationId, StringComparer.Ordinal) || RejectedBy.Contains(organizationId, StringComparer.Ordinal);

    /// <summary>Whether it died of age: later than <see cref="EngineLimits.PendingChangeMicrosMax"/> after its proposal.</summary>
    /// <param name="orderedAtMicros">The order's time.</param>
    public bool IsExpired(long orderedAtMicros) => orderedAtMicros - ProposedAtMicros > EngineLimits.PendingChangeMicrosMax;
}
