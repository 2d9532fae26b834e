using System.Collections.Immutable;
using KpGrpc.InferenceServer.Storage;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Catalog;

/// <summary>
/// The catalogue: an immutable snapshot in memory for every reader, and a log of writes on disk. A write is durable and
/// visible when it is answered. Thread-safe; writes are one at a time.
/// </summary>
internal sealed partial class WorkStore : IDisposable
{
    private const long TornBytesMax = 2L * FrameLog.PayloadBytesMax;

    private readonly FrameLog log;
    private readonly StorageOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, CatalogWrite> answered = [];
    private readonly Queue<UInt128> answeredOldestFirst = new();
    private ImmutableSortedDictionary<string, Work> works = ImmutableSortedDictionary.Create<string, Work>(StringComparer.Ordinal);
    private WorkTable table = WorkTable.Empty();

    /// <summary>Opens <c>catalog.log</c> in the storage folder and reads it; <paramref name="decode"/> reads a work from its contract encoding.</summary>
    public WorkStore(IOptions<StorageOptions> options, Func<ReadOnlyMemory<byte>, Work> decode, TimeProvider time, ILogger<WorkStore> logger)
    {
        this.options = options.Value;
        this.time = time;
        log = FrameLog.Open(Path.Combine(this.options.Directory, "catalog.log"), "KPWORKS1"u8, TornBytesMax);
        if (log.CutBytes > 0)
        {
            Log.TailCut(logger, log.CutBytes);
        }

        foreach (var (payload, _) in log.Read(FrameLog.HeaderBytes))
        {
            Apply(CatalogWriteCodec.Decode(payload, decode));
        }

        Log.Opened(logger, works.Count);
    }

    /// <summary>All works by identifier (ordinal order), as they are now.</summary>
    public ImmutableSortedDictionary<string, Work> Works => Volatile.Read(ref works);

    /// <summary>The same works by row, as they are now.</summary>
    public WorkTable Table => Volatile.Read(ref table);

    /// <summary>Creates or replaces works, all or none.</summary>
    /// <param name="key">Idempotency key, 16 bytes.</param>
    /// <param name="digest">SHA-256 of the request.</param>
    /// <param name="sent">Works, each identifier once.</param>
    /// <returns>The answer, the first one where the key is known; null when the key stands for another request.</returns>
    /// <exception cref="CapacityException">The catalogue or its log is full, or the request is too large for it.</exception>
    /// <exception cref="StoreUnavailableException">The disk refused; nothing changed.</exception>
    public CatalogAnswer? Upsert(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> digest, IReadOnlyList<Work> sent)
    {
        lock (gate)
        {
            return Repeat(key, digest, out var first) ? first : Write(Plan(key, digest, sent));
        }
    }

    /// <summary>Removes works.</summary>
    /// <returns>As <see cref="Upsert"/>.</returns>
    public CatalogAnswer? Delete(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> digest, IReadOnlyList<string> ids)
    {
        lock (gate)
        {
            if (Repeat(key, digest, out var first))
            {
                return first;
            }

            var present = ids.Where(works.ContainsKey).ToArray();
            var answer = new CatalogAnswer(0, 0, 0, (uint)present.Length, [.. ids.Where(id => !works.ContainsKey(id))]);
            return Write(new CatalogWrite(key, digest, answer, [], present));
        }
    }

    /// <inheritdoc />
    public void Dispose() => log.Dispose();

    private static UInt128 KeyOf(ReadOnlyMemory<byte> key) => new(BitConverter.ToUInt64(key.Span), BitConverter.ToUInt64(key.Span[8..]));

    private bool Repeat(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> digest, out CatalogAnswer? first)
    {
        var known = answered.TryGetValue(KeyOf(key), out var write);
        first = known && write!.Digest.Span.SequenceEqual(digest.Span) ? write.Answer : null;
        return known;
    }

    private CatalogWrite Plan(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> digest, IReadOnlyList<Work> sent)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        uint created = 0, unchanged = 0;
        var changed = new List<Work>();
        foreach (var work in sent)
        {
            if (!works.TryGetValue(work.WorkId, out var before))
            {
                created++;
            }
            else if (before.Body.Span.SequenceEqual(work.Body.Span))
            {
                unchanged++;
                continue;
            }

            changed.Add(work with { Revision = (before?.Revision ?? 0) + 1, UpdatedAt = now });
        }

        return works.Count + created <= options.WorksMax
            ? new CatalogWrite(key, digest, new CatalogAnswer(created, (uint)changed.Count - created, unchanged, 0, []), changed, [])
            : throw new CapacityException("the catalogue has reached Storage:WorksMax");
    }

    private CatalogAnswer Write(CatalogWrite write)
    {
        var payload = CatalogWriteCodec.Encode(write);
        if (payload.Length > FrameLog.PayloadBytesMax)
        {
            throw new CapacityException("the request is too large for the catalogue log; send fewer works at a time");
        }

        if (log.Length + FrameLog.FrameBytes + payload.Length > options.CatalogBytesMax)
        {
            throw new CapacityException("the catalogue log has reached Storage:CatalogBytesMax; raise it to write again");
        }

        try
        {
            log.Append([payload]);
        }
        catch (IOException failure)
        {
            throw new StoreUnavailableException(log.IsBroken ? "the catalogue log cannot be made sure of any more; the server must be restarted" : "the catalogue log cannot be written", failure);
        }

        Apply(write);
        return write.Answer;
    }

    private void Apply(CatalogWrite write)
    {
        var next = works.ToBuilder();
        foreach (var work in write.Works)
        {
            next[work.WorkId] = work;
        }

        foreach (var id in write.Deleted)
        {
            next.Remove(id);
        }

        Volatile.Write(ref works, next.ToImmutable());
        Volatile.Write(ref table, table.With(write.Works, write.Deleted));
        if (answered.TryAdd(KeyOf(write.Key), write with { Works = [], Deleted = [] }))
        {
            answeredOldestFirst.Enqueue(KeyOf(write.Key));
            if (answeredOldestFirst.Count > options.CatalogKeysMax)
            {
                answered.Remove(answeredOldestFirst.Dequeue());
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The catalogue holds {Works} works")]
        public static partial void Opened(ILogger logger, int works);

        [LoggerMessage(2, LogLevel.Warning, "The catalogue log ended in a half-written tail of {Bytes} bytes, which no client was told of; it was cut off")]
        public static partial void TailCut(ILogger logger, long bytes);
    }
}
