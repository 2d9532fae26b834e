using System.Collections.Concurrent;
using System.Diagnostics;

using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Telemetry;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>
/// Profiles in memory, then in Redis, then from whoever makes them, one look a learner at a time. What an event or
/// purchase acknowledged by any replica changes is seen here after <see cref="CacheOptions.RevalidateAfter"/> at the
/// latest, because memory is believed no longer without asking Redis. Safe from any thread.
/// </summary>
internal sealed class ProfileCache(
    ProfileMemory memory,
    ProfileStore store,
    PendingEnds pending,
    GuardedRedis redis,
    Pseudonyms pseudonyms,
    IOptions<CacheOptions> options,
    TimeProvider time,
    GatewayMetrics metrics)
{
    // From this share of its freshness on a profile is renewed in the background when somebody reads it.
    private const double RefreshShare = 0.8;

    private readonly CacheOptions limits = options.Value;
    private readonly ConcurrentDictionary<string, ProfileFlight> flights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProfileFlight> refreshes = new(StringComparer.Ordinal);
    // Between "was there an event?" and "keep it" no event may come.
    private readonly Lock keeping = new();
    private int refreshing;

    /// <summary>Makes a learner's profile: her id to the bytes that are kept.</summary>
    /// <param name="learner">The learner's id.</param>
    /// <returns>The bytes; nobody changes them.</returns>
    public delegate Task<byte[]> Fetch(string learner);

    /// <summary>What memory holds, if it may be shown without asking anybody.</summary>
    /// <param name="learner">The learner's id.</param>
    /// <param name="fetch">Renews it in the background where its time is nearly over.</param>
    public ProfileEntry? FindFresh(string learner, Fetch fetch)
    {
        var now = time.GetTimestamp();
        var entry = memory.Find(learner, now);
        if (entry is null || time.GetElapsedTime(entry.CheckedAt, now) >= limits.RevalidateAfter || !IsFresh(entry.FetchedAt, entry.Stamp is not null, out var age))
        {
            return null;
        }

        if (age > limits.ProfileFresh.TotalMilliseconds * RefreshShare)
        {
            Refresh(learner, entry, fetch);
        }

        return entry;
    }

    /// <summary>Finds or makes a profile.</summary>
    /// <param name="learner">The learner's id.</param>
    /// <param name="fetch">Makes it. Its failure is everybody's who waits.</param>
    /// <param name="cancellationToken">Ends this caller's wait alone.</param>
    public async Task<ProfileRead> ReadAsync(string learner, Fetch fetch, CancellationToken cancellationToken)
    {
        if (FindFresh(learner, fetch) is { } fresh)
        {
            metrics.CacheRead("hit", "memory");
            return new ProfileRead(fresh, Degraded: false);
        }

        var flight = Join(learner, fetch);
        try
        {
            return new ProfileRead(await flight.Task.WaitAsync(limits.StaleAfter, time, cancellationToken), Degraded: false);
        }
        catch (TimeoutException) when (!flight.Task.IsCompleted)
        {
            return FindStale(learner) is { } stale
                ? new ProfileRead(stale, Degraded: true)
                : new ProfileRead(await flight.Task.WaitAsync(cancellationToken), Degraded: false);
        }
    }

    /// <summary>What may be shown while there is nothing fresh: the last profile known, not older than <see cref="CacheOptions.Stale"/>.</summary>
    /// <param name="learner">The learner's id.</param>
    public ProfileEntry? FindStale(string learner) =>
        memory.Find(learner, time.GetTimestamp()) is { } entry && Age(entry.FetchedAt) < limits.Stale.TotalMilliseconds ? entry : null;

    /// <summary>Makes what is cached of learners stale, on every replica.</summary>
    /// <param name="learners">The learners' ids.</param>
    public async Task InvalidateAsync(IReadOnlyCollection<string> learners)
    {
        const int portionMax = 256;
        foreach (var portion in learners.Chunk(portionMax))
        {
            await Task.WhenAll(portion.Select(InvalidateAsync));
        }
    }

    /// <summary>Makes what is cached of a learner stale, on every replica.</summary>
    /// <param name="learner">The learner's id.</param>
    public Task InvalidateAsync(string learner) => EndAsync(learner, erased: false);

    /// <summary>Deletes what is cached of a learner, on every replica.</summary>
    /// <param name="learner">The learner's id.</param>
    public Task EraseAsync(string learner) => EndAsync(learner, erased: true);

    private async Task EndAsync(string learner, bool erased)
    {
        var name = pseudonyms.InCache(learner);
        EndHere(learner, erased);
        if (!(erased ? await store.EraseAsync(name) : await store.EndAsync(name)))
        {
            pending.Add(name, erased);
        }

        // Once more: a look that began between the two found the old one in Redis.
        EndHere(learner, erased);
    }

    private void EndHere(string learner, bool erased)
    {
        lock (keeping)
        {
            Overtake(flights, learner);
            Overtake(refreshes, learner);
            memory.Find(learner, time.GetTimestamp())?.End();
            if (erased)
            {
                memory.Remove(learner);
            }
        }
    }

    private static void Overtake(ConcurrentDictionary<string, ProfileFlight> running, string learner)
    {
        if (running.TryRemove(learner, out var flight))
        {
            flight.Overtake();
        }
    }

    private void Refresh(string learner, ProfileEntry entry, Fetch fetch)
    {
        if (Volatile.Read(ref refreshing) >= limits.RefreshesMax || !entry.TryBeginRefresh())
        {
            return;
        }

        var flight = new ProfileFlight(learner, time.GetTimestamp(), isRefresh: true);
        if (refreshes.TryAdd(learner, flight))
        {
            Interlocked.Increment(ref refreshing);
            Start(flight, null, fetch);
        }
    }

    // Whoever comes soon after a look began waits for it; whoever comes later begins one of her own, which then waits for
    // the first one's profile if no event came in between.
    private ProfileFlight Join(string learner, Fetch fetch)
    {
        while (true)
        {
            flights.TryGetValue(learner, out var running);
            var now = time.GetTimestamp();
            if (running is not null && time.GetElapsedTime(running.StartedAt, now) < limits.RevalidateAfter)
            {
                return running;
            }

            var flight = new ProfileFlight(learner, now, isRefresh: false);
            if (running is null ? flights.TryAdd(learner, flight) : flights.TryUpdate(learner, flight, running))
            {
                Start(flight, running ?? refreshes.GetValueOrDefault(learner), fetch);
                return flight;
            }
        }
    }

    // Beside the caller, who may leave before the others do: neither her deadline nor her cancellation goes along.
    private void Start(ProfileFlight flight, ProfileFlight? before, Fetch fetch) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => GuardedRedis.Observe(RunAsync(flight, before, fetch)), null);

    private async Task RunAsync(ProfileFlight flight, ProfileFlight? before, Fetch fetch)
    {
        Activity.Current = flight.Trace;
        try
        {
            flight.Land(await LookAsync(flight, before, fetch));
        }
        catch (Exception exception)
        {
            // Whatever it is belongs to those who wait.
            flight.Fail(exception);
        }
        finally
        {
            (flight.IsRefresh ? refreshes : flights).TryRemove(KeyValuePair.Create(flight.Learner, flight));
            if (flight.IsRefresh)
            {
                Interlocked.Decrement(ref refreshing);
                metrics.Refreshed(flight.Task.IsCompletedSuccessfully);
            }
        }
    }

    private async Task<ProfileEntry> LookAsync(ProfileFlight flight, ProfileFlight? before, Fetch fetch)
    {
        var name = pseudonyms.InCache(flight.Learner);
        if (!flight.IsRefresh && await ConfirmAsync(flight, name) is { } confirmed)
        {
            metrics.CacheRead("hit", "memory");
            return confirmed;
        }

        var asked = time.GetTimestamp();
        var stored = await store.ReadAsync(name);
        if (Take(flight, name, stored, asked) is { } taken)
        {
            Count(flight, "hit", "redis");
            return taken;
        }

        // Without Redis what comes could not be kept as fresh, and what is there still is.
        if (flight.IsRefresh && stored is null && FindStale(flight.Learner) is { } kept)
        {
            return kept;
        }

        var stamp = stored is { Erased: false } there ? there.Stamp ?? await store.BeginAsync(name) : null;
        flight.FetchWith(stamp);
        if (before is { Task.IsCompleted: false } && stamp is not null && before.Stamp == stamp)
        {
            return await before.Task;
        }

        Count(flight, FindStale(flight.Learner) is null ? "miss" : "stale", "none");
        var fetchedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var value = await fetch(flight.Learner);
        var entry = new ProfileEntry(value, stamp, fetchedAt, asked);
        Keep(flight, entry, stored is { Erased: true });
        if (stamp is { } carried && !flight.IsOvertaken)
        {
            await store.WriteAsync(name, carried, fetchedAt, value);
        }

        return entry;
    }

    // What is in memory and young enough needs only the word of Redis that no event came.
    private async Task<ProfileEntry?> ConfirmAsync(ProfileFlight flight, string name)
    {
        var asked = time.GetTimestamp();
        if (memory.Find(flight.Learner, asked) is not { Stamp: { } carried } entry || !IsFresh(entry.FetchedAt, true, out _) || pending.Contains(name))
        {
            return null;
        }

        var now = await store.ReadStampAsync(name);
        if (now?.Stamp != carried || now.Value.Erased || entry.Stamp is null)
        {
            return null;
        }

        entry.CheckedAt = asked;
        return entry;
    }

    // Takes over what Redis holds; gives it back only if it is fresh.
    private ProfileEntry? Take(ProfileFlight flight, string name, StoredProfile? read, long asked)
    {
        if (read is not { } stored)
        {
            return null;
        }

        if (stored.Erased)
        {
            memory.Remove(flight.Learner);
            return null;
        }

        var known = memory.Find(flight.Learner, asked);
        if (stored.Value is null || stored.FetchedAt < known?.FetchedAt)
        {
            return null;
        }

        var fresh = stored.Stamp == stored.ValueStamp && IsFresh(stored.FetchedAt, true, out var age) && !pending.Contains(name)
            && (!flight.IsRefresh || age <= limits.ProfileFresh.TotalMilliseconds * RefreshShare);
        if (flight.IsRefresh && !fresh)
        {
            return null;
        }

        var entry = new ProfileEntry(stored.Value, fresh ? stored.ValueStamp : null, stored.FetchedAt, asked);
        Keep(flight, entry, erased: false);
        return fresh ? entry : null;
    }

    private void Keep(ProfileFlight flight, ProfileEntry entry, bool erased)
    {
        lock (keeping)
        {
            if (flight.IsOvertaken)
            {
                entry.End();
            }

            if (!erased && !(flight.IsOvertaken && memory.Find(flight.Learner, entry.CheckedAt) is null))
            {
                memory.Set(flight.Learner, entry);
            }
        }
    }

    private void Count(ProfileFlight flight, string result, string level)
    {
        if (!flight.IsRefresh)
        {
            metrics.CacheRead(result, level);
        }
    }

    private bool IsFresh(long fetchedAt, bool stamped, out double age)
    {
        age = Age(fetchedAt);
        return stamped && age >= 0 && age < limits.ProfileFresh.TotalMilliseconds && fetchedAt >= redis.TrustedFrom;
    }

    private double Age(long fetchedAt) => time.GetUtcNow().ToUnixTimeMilliseconds() - fetchedAt;
}
