using System.Collections.Concurrent;

using Grpc.Core;

using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>An InferenceServer in memory, with switches to misbehave.</summary>
public sealed class FakeInference
{
    private int profileReads;

    /// <summary>Gets the catalogue.</summary>
    public ConcurrentDictionary<string, Work> Works { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the recorded events by id.</summary>
    public ConcurrentDictionary<string, Event> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether nothing is answered.</summary>
    public bool IsAway { get; set; }

    /// <summary>Gets or sets a value indicating whether events are refused for now.</summary>
    public bool EventsAway { get; set; }

    /// <summary>Gets or sets what reading a profile waits for, after the profile was made; null: nothing.</summary>
    public TaskCompletionSource? HoldProfiles { get; set; }

    /// <summary>Gets how often a profile was read.</summary>
    public int ProfileReads => Volatile.Read(ref profileReads);

    public void CountProfileRead() => Interlocked.Increment(ref profileReads);

    public void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "away"), new Metadata { { "bare", "1" } });
        }
    }

    public void AddWork(string id, string english, string chinese, long price)
    {
        var work = new Work { WorkId = id, Price = FakeLedger.Yuan(price), ProducerId = "producer-1", Published = true };
        work.Titles.Add(new LocalizedText { LanguageTag = "en", Text = english });
        work.Titles.Add(new LocalizedText { LanguageTag = "zh", Text = chinese });
        Works[id] = work;
    }
}
