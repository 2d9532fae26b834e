using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KpGrpc.InferenceServer.Events;

/// <summary>The newest event ids with a digest of their content. Not thread-safe: the recorder's loop owns it.</summary>
internal sealed class RememberedIds(int idsMax)
{
    private readonly Dictionary<UInt128, ulong> digests = [];
    private UInt128[] ring = new UInt128[Math.Min(1_024, idsMax)]; // grows to idsMax; only then does oldest move
    private int oldest;

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
            digests.Remove(ring[oldest]);
            oldest = (oldest + 1) % ring.Length;
        }
        else if (digests.Count == ring.Length)
        {
            Array.Resize(ref ring, (int)Math.Min(2L * ring.Length, idsMax));
        }

        ring[Slot(digests.Count)] = candidate.EventId;
        digests.Add(candidate.EventId, digest);
        return EventOutcome.Accepted;
    }

    /// <summary>Forgets the newest accepted ids, which did not become durable after all. What they pushed out stays forgotten.</summary>
    /// <param name="newest">How many, ≥ 0.</param>
    public void Forget(int newest)
    {
        for (; newest > 0 && digests.Count > 0; newest--)
        {
            digests.Remove(ring[Slot(digests.Count - 1)]);
        }
    }

    private int Slot(int age) => (int)(((long)oldest + age) % ring.Length);
}
