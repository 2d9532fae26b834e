using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Storage;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Events;

/// <summary>The durable log of all events, the source of histories and of training. What was erased is not in it, and not told of.</summary>
internal sealed partial class EventLog : IDisposable
{
    private const string FileName = "events.log";
    private const long TornBytesMax = 512L << 20; // more than the recorder writes in one go

    private static readonly byte[] Magic = [.. "KPEVENT1"u8];

    private readonly FrameLog log;
    private readonly Erasures erasures;
    private readonly Func<ReadOnlyMemory<byte>, LearnerEvent> decode;
    private readonly long bytesMax;

    /// <summary>Opens <c>events.log</c> in the storage folder; <paramref name="decode"/> reads an event from its contract encoding.</summary>
    public EventLog(IOptions<StorageOptions> options, Erasures erasures, Func<ReadOnlyMemory<byte>, LearnerEvent> decode, ILogger<EventLog> logger)
    {
        this.erasures = erasures;
        this.decode = decode;
        bytesMax = options.Value.EventBytesMax;
        var path = Path.Combine(options.Value.Directory, FileName);
        erasures.RedoBlanking(path);
        log = FrameLog.Open(path, Magic, TornBytesMax);
        if (log.CutBytes > 0)
        {
            Log.TailCut(logger, log.CutBytes);
        }
    }

    /// <summary>Identity of the log.</summary>
    public Guid Id => log.Id;

    /// <summary>Position of the first event.</summary>
    public static long Start => FrameLog.HeaderBytes;

    /// <summary>Position after the last durable event.</summary>
    public long End => log.Length;

    /// <summary>True when there is no event.</summary>
    public bool IsEmpty => log.Length == FrameLog.HeaderBytes;

    /// <summary>Makes events durable.</summary>
    /// <exception cref="CapacityException">The log has reached its bound.</exception>
    /// <exception cref="StoreUnavailableException">The disk refused.</exception>
    public void Append(IReadOnlyList<LearnerEvent> events)
    {
        if (log.Length >= bytesMax)
        {
            throw new CapacityException("the event log has reached Storage:EventBytesMax");
        }

        try
        {
            log.Append(events.Select(entry => entry.Body));
        }
        catch (IOException failure)
        {
            throw new StoreUnavailableException(log.IsBroken ? "the event log cannot be made sure of any more; the server must be restarted" : "the event log cannot be written", failure);
        }
    }

    /// <summary>Reads the events of learners who are not erased from a position on.</summary>
    public IEnumerable<(LearnerEvent Event, long Next)> Read(long from) =>
        Living(log.Read(from)).Where(entry => !erasures.IsErased(entry.Event.LearnerId)).Select(entry => (entry.Event, entry.Next));

    /// <summary>Finds events of erased learners that are still there, with their positions.</summary>
    public IEnumerable<(LearnerEvent Event, long Position)> FindErased() =>
        Living(log.Read(Start)).Where(entry => erasures.IsErased(entry.Event.LearnerId)).Select(entry => (entry.Event, entry.Position));

    /// <summary>Overwrites events for good; see <see cref="FrameLog.Blank"/>.</summary>
    /// <exception cref="StoreUnavailableException">The disk refused; a part may be overwritten.</exception>
    public void Blank(IReadOnlyList<long> positions)
    {
        try
        {
            log.Blank(positions);
        }
        catch (IOException failure)
        {
            throw new StoreUnavailableException("the event log cannot be written", failure);
        }
    }

    /// <summary>Reads the events, of learners who are not erased, of a storage folder whose server may be running.</summary>
    /// <param name="directory">The folder that <c>Storage:Directory</c> names.</param>
    /// <param name="decode">Reads an event from its contract encoding.</param>
    /// <param name="erasureKeyPath">The server's <c>Storage:ErasureKeyPath</c>; empty: the key is in the folder.</param>
    /// <exception cref="IOException">There is no log, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no event log.</exception>
    public static IEnumerable<LearnerEvent> Scan(string directory, Func<ReadOnlyMemory<byte>, LearnerEvent> decode, string erasureKeyPath = "")
    {
        using var erasures = Erasures.Scan(directory, erasureKeyPath);
        foreach (var payload in FrameLog.Scan(Path.Combine(directory, FileName), Magic))
        {
            if (!IsBlank(payload) && decode(payload) is var entry && !erasures.IsErased(entry.LearnerId))
            {
                yield return entry;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => log.Dispose();

    private static bool IsBlank(byte[] payload) => payload.Length > 0 && payload[0] == 0; // no field of a message has number 0

    private IEnumerable<(LearnerEvent Event, long Position, long Next)> Living(IEnumerable<(byte[] Payload, long Next)> frames) =>
        frames.Where(frame => !IsBlank(frame.Payload)).Select(frame => (decode(frame.Payload), frame.Next - frame.Payload.Length - FrameLog.FrameBytes, frame.Next));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The event log ended in a half-written tail of {Bytes} bytes, which no client was told of; it was cut off")]
        public static partial void TailCut(ILogger logger, long bytes);
    }
}
