using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KpGrpc.InferenceServer.Events;

/// <summary>The newest event ids with a digest of their content. Not thread-safe: the recorder's loop owns it.</summary>
internal sealed class RememberedIds(int idsMax)
{
    private readonly Dictionary<UInt128, ulong> digests = [];
    private readonly Queue<UInt128> oldestFirst = new();

    /// <summary>Takes an event in, or tells what is known of its id.</summary>
    public EventOutcome Classify(LearnerEvent candidate)
    {
        var digest = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(candidate.Body.Span));
        if (digests.TryGetValue(candidate.EventId, out var known))
        {
            return known == digest ? EventOutcome.Duplicate : EventOutcome.Conflict;
        }

        if (digests.Count == idsMax)
        {
            digests.Remove(oldestFirst.Dequeue());
        }

        digests.Add(candidate.EventId, digest);
        oldestFirst.Enqueue(candidate.EventId);
        return EventOutcome.Accepted;
    }

    /// <summary>Forgets the newest ids, which did not become durable after all.</summary>
    public void Forget(IReadOnlyCollection<UInt128> ids)
    {
        var gone = ids.ToHashSet();
        gone.IntersectWith(digests.Keys);
        foreach (var id in gone)
        {
            digests.Remove(id);
        }

        var kept = oldestFirst.Where(id => !gone.Contains(id)).ToArray();
        oldestFirst.Clear();
        foreach (var id in kept)
        {
            oldestFirst.Enqueue(id);
        }
    }
}
