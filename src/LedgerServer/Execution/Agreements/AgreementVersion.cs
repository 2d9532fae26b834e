using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>An agreement version as it stands, as <c>kp.agreement.v1.Agreement</c>.</summary>
internal sealed record AgreementVersion
{
    /// <summary>What was agreed to.</summary>
    public required AgreementTerms Terms { get; init; }

    /// <summary>SHA-256 of the terms as they stand, encoded, in the proposing payload.</summary>
    public required Hash256 TermsHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required AgreementStatus Status { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string ProposedByOrganizationId { get; init; }

    /// <summary>Who accepted, in order of acceptance.</summary>
    public required IReadOnlyList<Acceptance> Acceptances { get; init; }

    /// <summary>Sequence of the proposal.</summary>
    public required ulong ProposedAtSequence { get; init; }

    /// <summary>Sequence of the last acceptance; null before.</summary>
    public ulong? ActivatedAtSequence { get; init; }

    /// <summary>Order time of the last acceptance, microseconds since the Unix epoch; null before.</summary>
    public long? ActivatedAtMicros { get; init; }

    /// <summary>Sequence at which it was superseded, terminated or refused; null before.</summary>
    public ulong? EndedAtSequence { get; init; }

    /// <summary>Order time at which its termination takes effect, microseconds since the Unix epoch; null without one.</summary>
    public long? TerminatedFromMicros { get; init; }

    /// <summary>
    /// Whether it has the say over its agreement's revenue from its start on, though it may be over: active, or terminated
    /// with effect after its start. One that was terminated before it started leaves the say to the version before it.
    /// </summary>
    public bool HasStartedAt(long micros) =>
        StartsAtMicros is { } start
        && start <= micros
        && (Status == AgreementStatus.Active
            || (Status == AgreementStatus.Terminated && TerminatedFromMicros > start));

    /// <summary>Whether its end, by its terms or by termination, is reached.</summary>
    public bool IsOverAt(long micros) =>
        Terms.EffectiveUntilMicros <= micros || TerminatedFromMicros <= micros;

    /// <summary>Whether it splits, or will: active, or terminated with effect after a time.</summary>
    public bool BindsAfter(long micros) =>
        Status == AgreementStatus.Active || (Status == AgreementStatus.Terminated && TerminatedFromMicros > micros);

    private long? StartsAtMicros => ActivatedAtMicros is { } activated ? Terms.EffectiveFromMicros ?? activated : null;
}
