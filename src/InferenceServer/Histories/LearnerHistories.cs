using System.Globalization;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>
/// The learners' online histories in Redis: a sorted set of events a learner (<c>kp:history:ID</c>, see
/// <see cref="HistoryMember"/>), one of what she was shown (<c>kp:shown:ID</c>), so that what she did is not pushed out by
/// it, one of what she wrote (<c>kp:texts:ID</c>, see <see cref="TextMember"/>), one of marks on works that outlast the
/// events (<c>kp:marks:ID</c>, see <see cref="WorkMark"/>), and a hash with version and counts by kind
/// (<c>kp:learner:ID</c>). Replicas of the server share them. Thread-safe.
/// </summary>
internal sealed class LearnerHistories(IConnectionMultiplexer redis, IOptions<HistoryOptions> options, TimeProvider time)
{
    private const string VersionField = "version";

    private readonly IDatabase database = redis.GetDatabase();

    /// <summary>How far a log was taken in; null when never.</summary>
    public async Task<long?> ReadMarkerAsync(Guid log)
    {
        try
        {
            return (long?)await database.StringGetAsync(MarkerKey(log));
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            return null; // away: everything is taken in again once it is back, which changes nothing
        }
    }

    /// <summary>Takes events in, then notes how far the log was taken in. Idempotent but for the counts, which are
    /// approximate (see <see cref="LearnerHistory"/>).</summary>
    /// <exception cref="StoreUnavailableException">Redis did not answer; a part may have been taken in.</exception>
    public async Task AddAsync(IReadOnlyList<LearnerEvent> events, Guid log, long position)
    {
        try
        {
            var added = new List<(string Learner, EventKind Kind, Task<long> Count)>();
            foreach (var group in events.GroupBy(entry => (entry.LearnerId, entry.Kind)))
            {
                var members = group.Select(entry => new SortedSetEntry(HistoryMember.Encode(entry), entry.UnixMilliseconds)).ToArray();
                added.Add((group.Key.LearnerId, group.Key.Kind, database.SortedSetAddAsync(EventsKey(group.Key.LearnerId, group.Key.Kind), members)));
            }

            await Task.WhenAll([.. added.Select(entry => entry.Count), AddTextsAsync(events), AddMarksAsync(events)]);
            await FinishAsync([.. added.Select(entry => (entry.Learner, entry.Kind, entry.Count.GetAwaiter().GetResult()))]);
            await database.StringSetAsync(MarkerKey(log), position);
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            throw new StoreUnavailableException("Redis does not answer", failure);
        }
    }

    /// <summary>Reads one history; an unknown learner has an empty one.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not answer.</exception>
    public async Task<LearnerHistory> ReadAsync(string learnerId)
    {
        try
        {
            var done = database.SortedSetRangeByRankWithScoresAsync(HistoryKey(learnerId));
            var shown = database.SortedSetRangeByRankWithScoresAsync(ShownKey(learnerId));
            var marks = database.SortedSetRangeByRankWithScoresAsync(MarksKey(learnerId));
            var facts = database.HashGetAllAsync(FactsKey(learnerId));
            var texts = database.SortedSetRangeByRankWithScoresAsync(TextsKey(learnerId));
            return Assemble(Merge(await done, await shown), await facts) with
            {
                Marks = [.. (await marks).Select(member => WorkMark.Decode((string)member.Element!, member.Score)).OfType<WorkMark>()],
                Texts = [.. (await texts).Select(member => TextMember.Decode((string)member.Element!, member.Score)).OfType<LearnerText>()],
            };
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            throw new StoreUnavailableException("Redis does not answer", failure);
        }
    }

    /// <summary>Erases all that is kept of a learner.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not answer; a part may be erased.</exception>
    public async Task EraseAsync(string learnerId)
    {
        try
        {
            RedisKey[] keys = [HistoryKey(learnerId), ShownKey(learnerId), MarksKey(learnerId), TextsKey(learnerId), FactsKey(learnerId)];
            await Task.WhenAll(keys.Select(key => database.KeyDeleteAsync(key))); // one by one: a cluster keeps them in different places
        }
        catch (Exception failure) when (failure.IsOfRedis())
        {
            throw new StoreUnavailableException("Redis does not answer", failure);
        }
    }

    private static LearnerHistory Assemble(SortedSetEntry[] members, HashEntry[] facts)
    {
        var entries = members.Select(member => HistoryMember.Decode((string)member.Element!, member.Score)).OfType<HistoryEntry>().ToArray();
        var version = 0UL;
        var counts = new SortedDictionary<EventKind, long>();
        foreach (var fact in facts)
        {
            var name = (string)fact.Name!;
            if (name == VersionField)
            {
                version = (ulong)fact.Value;
            }
            else if (byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var kind))
            {
                counts[(EventKind)kind] = (long)fact.Value;
            }
        }

        return new LearnerHistory(entries, counts, version);
    }

    private static RedisKey HistoryKey(string learner) => $"kp:history:{learner}";

    private static RedisKey ShownKey(string learner) => $"kp:shown:{learner}";

    private static RedisKey MarksKey(string learner) => $"kp:marks:{learner}";

    private static RedisKey EventsKey(string learner, EventKind kind) => kind == EventKind.Exposure ? ShownKey(learner) : HistoryKey(learner);

    /// <summary>Both in the contract's order: by time, then by event id.</summary>
    private static SortedSetEntry[] Merge(SortedSetEntry[] done, SortedSetEntry[] shown) => shown.Length == 0
        ? done
        : [.. done.Concat(shown).OrderBy(entry => entry.Score).ThenBy(entry => (string)entry.Element!, StringComparer.Ordinal)];

    private static RedisKey TextsKey(string learner) => $"kp:texts:{learner}";

    private static RedisKey FactsKey(string learner) => $"kp:learner:{learner}";

    private static RedisKey MarkerKey(Guid log) => $"kp:events:applied:{log:N}";

    private async Task<long> AddTextsAsync(IReadOnlyList<LearnerEvent> events)
    {
        var pending = new List<Task>();
        foreach (var group in events.Where(entry => entry.Text is not null).GroupBy(entry => entry.LearnerId))
        {
            var key = TextsKey(group.Key);
            pending.Add(database.SortedSetAddAsync(key, [.. group.Select(entry => new SortedSetEntry(TextMember.Encode(entry), entry.UnixMilliseconds))]));
            pending.Add(database.SortedSetRemoveRangeByRankAsync(key, 0, -(options.Value.TextsMax + 1)));
            pending.Add(database.KeyExpireAsync(key, options.Value.Retention));
        }

        await Task.WhenAll(pending);
        return pending.Count;
    }

    private async Task<long> AddMarksAsync(IReadOnlyList<LearnerEvent> events)
    {
        var pending = new List<Task>();
        foreach (var group in events.Where(entry => WorkMark.IsMark(entry.Kind)).GroupBy(entry => entry.LearnerId))
        {
            // Only a later time replaces an earlier one: events may come in any order, and more than once.
            var newest = group.Select(entry => new WorkMark(WorkMark.KindOf(entry.Kind), entry.WorkId, entry.UnixMilliseconds))
                .GroupBy(mark => mark.Member).Select(same => new SortedSetEntry(same.Key, same.Max(mark => mark.UnixMilliseconds)));
            var key = MarksKey(group.Key);
            pending.Add(database.SortedSetAddAsync(key, [.. newest], SortedSetWhen.GreaterThan));
            pending.Add(database.SortedSetRemoveRangeByRankAsync(key, 0, -(options.Value.MarksMax + 1)));
            pending.Add(database.KeyExpireAsync(key, options.Value.Retention));
        }

        await Task.WhenAll(pending);
        return pending.Count;
    }

    private async Task FinishAsync(List<(string Learner, EventKind Kind, long Added)> added)
    {
        // Microseconds: greater than any version given before, unless the clock was set back.
        var version = (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var pending = new List<Task>();
        foreach (var learner in added.GroupBy(entry => entry.Learner))
        {
            var facts = FactsKey(learner.Key);
            foreach (var history in learner.Select(entry => EventsKey(learner.Key, entry.Kind)).Distinct())
            {
                pending.Add(database.SortedSetRemoveRangeByRankAsync(history, 0, -(options.Value.EventsMax + 1)));
                pending.Add(database.KeyExpireAsync(history, options.Value.Retention));
            }

            pending.Add(database.HashSetAsync(facts, VersionField, version));
            pending.AddRange(learner.Where(entry => entry.Added > 0).Select(entry =>
                database.HashIncrementAsync(facts, ((byte)entry.Kind).ToString(CultureInfo.InvariantCulture), entry.Added)));
            pending.Add(database.KeyExpireAsync(facts, options.Value.Retention));
        }

        await Task.WhenAll(pending);
    }
}
