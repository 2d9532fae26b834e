namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>One erasure, as far as it has come.</summary>
/// <param name="Key">Idempotency key of the request.</param>
/// <param name="Seal">Stands for the learner; see <see cref="LearnerSeal"/>.</param>
internal sealed record Erasure(UInt128 Key, UInt128 Seal)
{
    /// <summary>The log in which her events were found.</summary>
    public Guid Log { get; init; }

    /// <summary>Where they were found; empty before the search and once they are blank.</summary>
    public IReadOnlyList<long> Positions { get; init; } = [];

    /// <summary>Events that were found; null before the search.</summary>
    public long? Events { get; init; }

    /// <summary>When all was erased, Unix milliseconds; null = not yet.</summary>
    public long? DoneAt { get; init; }
}
