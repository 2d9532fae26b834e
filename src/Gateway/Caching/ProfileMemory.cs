using System.Collections.Concurrent;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Profiles in this process, bounded by entries and bytes. Whoever has to go is found as by a clock's hand: the oldest
/// that nobody read since the hand last passed. Reading takes no lock. Safe from any thread.
/// </summary>
internal sealed class ProfileMemory(IOptions<CacheOptions> options, TimeProvider time)
{
    private readonly CacheOptions limits = options.Value;
    private readonly ConcurrentDictionary<string, ProfileEntry> entries = new(StringComparer.Ordinal);
    private readonly Queue<(string Learner, ProfileEntry Entry)> hand = new();
    private readonly Lock gate = new();
    private long bytes;

    /// <summary>Gets the number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>Gets the bytes of all entries.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Finds an entry and marks it as read.</summary>
    /// <param name="learner">The learner's id.</param>
    /// <param name="now">Timestamp of the clock.</param>
    public ProfileEntry? Find(string learner, long now)
    {
        if (!entries.TryGetValue(learner, out var entry))
        {
            return null;
        }

        if (!entry.Used)
        {
            entry.Used = true;
        }

        entry.UsedAt = now;
        return entry;
    }

    /// <summary>Keeps an entry in the place of the one before. One that is larger than all the room is left out.</summary>
    /// <param name="learner">The learner's id.</param>
    /// <param name="entry">The entry.</param>
    public void Set(string learner, ProfileEntry entry)
    {
        if (limits.MemoryEntriesMax == 0 || entry.Bytes > limits.MemoryBytesMax || entry.Value.Length > limits.ValueBytesMax)
        {
            Remove(learner);
            return;
        }

        entry.UsedAt = time.GetTimestamp();
        lock (gate)
        {
            if (entries.TryGetValue(learner, out var earlier))
            {
                bytes -= earlier.Bytes;
            }

            entries[learner] = entry;
            bytes += entry.Bytes;
            hand.Enqueue((learner, entry));
            while (entries.Count > limits.MemoryEntriesMax || bytes > limits.MemoryBytesMax || hand.Count > 2 * entries.Count + 16)
            {
                Advance();
            }
        }
    }

    /// <summary>Forgets a learner.</summary>
    /// <param name="learner">The learner's id.</param>
    public void Remove(string learner)
    {
        lock (gate)
        {
            if (entries.TryRemove(learner, out var entry))
            {
                bytes -= entry.Bytes;
            }
        }
    }

    /// <summary>Forgets what nobody read for <see cref="CacheOptions.MemoryIdle"/>.</summary>
    public void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (learner, entry) in entries)
        {
            if (time.GetElapsedTime(entry.UsedAt, now) > limits.MemoryIdle)
            {
                Remove(learner);
            }
        }
    }

    // Entries that were replaced or removed leave their place in the queue behind; the hand drops them when it passes.
    private void Advance()
    {
        var (learner, entry) = hand.Dequeue();
        if (!entries.TryGetValue(learner, out var current) || !ReferenceEquals(current, entry))
        {
            return;
        }

        if (entry.Used)
        {
            entry.Used = false;
            hand.Enqueue((learner, entry));
            return;
        }

        entries.TryRemove(learner, out _);
        bytes -= entry.Bytes;
    }
}
