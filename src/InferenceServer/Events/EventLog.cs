using KpGrpc.InferenceServer.Storage;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Events;

/// <summary>The durable log of all events, the source of histories and of training.</summary>
internal sealed partial class EventLog : IDisposable
{
    private const string FileName = "events.log";
    private const long TornBytesMax = 512L << 20; // more than the recorder writes in one go

    private static readonly byte[] Magic = [.. "KPEVENT1"u8];

    private readonly FrameLog log;
    private readonly Func<ReadOnlyMemory<byte>, LearnerEvent> decode;
    private readonly long bytesMax;

    /// <summary>Opens <c>events.log</c> in the storage folder; <paramref name="decode"/> reads an event from its contract encoding.</summary>
    public EventLog(IOptions<StorageOptions> options, Func<ReadOnlyMemory<byte>, LearnerEvent> decode, ILogger<EventLog> logger)
    {
        this.decode = decode;
        bytesMax = options.Value.EventBytesMax;
        log = FrameLog.Open(Path.Combine(options.Value.Directory, FileName), Magic, TornBytesMax);
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

    /// <summary>Reads events from a position on.</summary>
    public IEnumerable<(LearnerEvent Event, long Next)> Read(long from) =>
        log.Read(from).Select(frame => (decode(frame.Payload), frame.Next));

    /// <summary>Reads the events of a storage folder whose server may be running.</summary>
    /// <param name="directory">The folder that <c>Storage:Directory</c> names.</param>
    /// <param name="decode">Reads an event from its contract encoding.</param>
    /// <exception cref="IOException">There is no log, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no event log.</exception>
    public static IEnumerable<LearnerEvent> Scan(string directory, Func<ReadOnlyMemory<byte>, LearnerEvent> decode) =>
        FrameLog.Scan(Path.Combine(directory, FileName), Magic).Select(payload => decode(payload));

    /// <inheritdoc />
    public void Dispose() => log.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The event log ended in a half-written tail of {Bytes} bytes, which no client was told of; it was cut off")]
        public static partial void TailCut(ILogger logger, long bytes);
    }
}
