namespace KpGrpc.InferenceServer.Events;

/// <summary>One event of one learner, as the server works with it.</summary>
/// <param name="EventId">16 bytes, big-endian as a number: the order of these numbers is the order of the bytes.</param>
/// <param name="LearnerId">Learner.</param>
/// <param name="WorkId">Work; empty for searches and declarations.</param>
/// <param name="Kind">What happened.</param>
/// <param name="UnixMilliseconds">When it happened.</param>
/// <param name="Value">Rating or progress, 0 to 1; null where the kind has neither.</param>
/// <param name="Body">The whole event as the contract encodes it: what the event log stores.</param>
internal sealed record LearnerEvent(
    UInt128 EventId, string LearnerId, string WorkId, EventKind Kind, long UnixMilliseconds, double? Value, ReadOnlyMemory<byte> Body)
{
    /// <summary>What the learner wrote in it; null where she wrote nothing.</summary>
    public LearnerText? Text { get; init; }
}
