using System.Collections.Concurrent;
using KpGrpc.InferenceServer.Storage;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>
/// The durable list of erasures (<c>erasures.log</c>): who must not come back, as seals, and how far each erasure has
/// come. It names nobody. Thread-safe.
/// </summary>
internal sealed class Erasures : IDisposable
{
    private const string FileName = "erasures.log";
    private const int PositionsPerFrame = 1 << 20;

    private static readonly byte[] Magic = [.. "KPERASE1"u8];

    private readonly FrameLog? log; // null: read beside a running server
    private readonly LearnerSeal? seal;
    private readonly int erasuresMax;
    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, Erasure> byKey = [];
    private readonly ConcurrentDictionary<UInt128, byte> seals = [];

    /// <summary>Opens the list in the storage folder, making it where there is none.</summary>
    public Erasures(IOptions<StorageOptions> options)
    {
        erasuresMax = options.Value.ErasuresMax;
        log = FrameLog.Open(Path.Combine(options.Value.Directory, FileName), Magic, 2L * FrameLog.PayloadBytesMax);
        seal = LearnerSeal.Open(LearnerSeal.PathOf(options.Value.Directory, options.Value.ErasureKeyPath), create: log.Length == FrameLog.HeaderBytes);
        Apply(log.Read(FrameLog.HeaderBytes).Select(frame => frame.Payload));
    }

    private Erasures(string directory, string keyPath)
    {
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path))
        {
            Apply(FrameLog.Scan(path, Magic));
            seal = seals.IsEmpty ? null : LearnerSeal.Open(LearnerSeal.PathOf(directory, keyPath), create: false);
        }
    }

    /// <summary>The list as it is now in the folder of a server that may be running; for reading alone.</summary>
    /// <param name="directory">The storage folder.</param>
    /// <param name="keyPath">The server's <c>Storage:ErasureKeyPath</c>; empty: the key is in the folder.</param>
    public static Erasures Scan(string directory, string keyPath = "") => new(directory, keyPath);

    /// <summary>True for a learner who was erased or is being erased.</summary>
    public bool IsErased(string learnerId) => !seals.IsEmpty && seals.ContainsKey(SealOf(learnerId));

    /// <summary>What stands for a learner in this list.</summary>
    public UInt128 SealOf(string learnerId) => seal!.Of(learnerId);

    /// <summary>The erasure of a request; null when its key is new.</summary>
    public Erasure? Find(UInt128 key)
    {
        lock (gate)
        {
            return byKey.GetValueOrDefault(key);
        }
    }

    /// <summary>All erasures.</summary>
    public IReadOnlyList<Erasure> All()
    {
        lock (gate)
        {
            return [.. byKey.Values];
        }
    }

    /// <summary>Finishes overwriting events where a crash interrupted it. Call it before the event log is opened.</summary>
    public void RedoBlanking(string path)
    {
        foreach (var erasure in All().Where(erasure => erasure.Positions.Count > 0))
        {
            FrameBlanking.Redo(path, erasure.Log, erasure.Positions);
        }
    }

    /// <summary>Begins an erasure: from here on the learner's events are refused.</summary>
    /// <exception cref="CapacityException">The list is full.</exception>
    /// <exception cref="StoreUnavailableException">The disk refused.</exception>
    public void Begin(UInt128 key, UInt128 learner)
    {
        lock (gate)
        {
            if (byKey.Count >= erasuresMax)
            {
                throw new CapacityException("the list of erasures has reached Storage:ErasuresMax; raise it to erase again");
            }
        }

        Append([ErasureCodec.EncodeBegun(key, learner)]);
    }

    /// <summary>Notes where the learner's events are, before they are overwritten.</summary>
    /// <exception cref="StoreUnavailableException">The disk refused.</exception>
    public void Found(UInt128 key, Guid events, long[] positions)
    {
        var parts = positions.Length == 0 ? [positions] : positions.Chunk(PositionsPerFrame);
        Append([.. parts.Select(part => ErasureCodec.EncodeFound(key, events, part))]);
    }

    /// <summary>Notes that all is erased.</summary>
    /// <exception cref="StoreUnavailableException">The disk refused.</exception>
    public void Finish(UInt128 key, long events, long unixMilliseconds) => Append([ErasureCodec.EncodeDone(key, events, unixMilliseconds)]);

    /// <inheritdoc />
    public void Dispose() => log?.Dispose();

    private void Append(byte[][] steps)
    {
        lock (gate)
        {
            try
            {
                log!.Append(steps.Select(step => new ReadOnlyMemory<byte>(step)));
            }
            catch (IOException failure)
            {
                throw new StoreUnavailableException(log!.IsBroken ? "the list of erasures cannot be made sure of any more; the server must be restarted" : "the list of erasures cannot be written", failure);
            }

            Apply(steps);
        }
    }

    private void Apply(IEnumerable<byte[]> steps)
    {
        foreach (var step in steps)
        {
            ErasureCodec.Apply(step, byKey);
        }

        foreach (var erasure in byKey.Values)
        {
            seals.TryAdd(erasure.Seal, 0);
        }
    }
}
