using System.Buffers.Binary;
using System.Globalization;
using KpGrpc.InferenceServer.Storage;

namespace KpGrpc.InferenceServer.Training.TensorBoard;

/// <summary>
/// Writes scalars as a TensorBoard event file: TFRecord frames (length, masked CRC-32C of it, data, masked CRC-32C of it;
/// tensorflow/core/lib/io/record_writer.h) of <c>Event</c> messages (tensorflow/core/util/event.proto), and flushes each, so
/// that a running training can be watched. Not thread-safe.
/// </summary>
internal sealed class EventFileWriter : IDisposable
{
    private const uint MaskDelta = 0xa282ead8; // tensorflow/core/lib/hash/crc32c.h
    private const string FileVersion = "brain.Event:2";

    private readonly FileStream stream;
    private readonly TimeProvider time;

    /// <summary>Starts a new file in a folder, which is made.</summary>
    /// <param name="folder">The run's folder, which <c>tensorboard --logdir</c> reads.</param>
    /// <param name="time">Clock for the events and the file's name.</param>
    public EventFileWriter(string folder, TimeProvider time)
    {
        this.time = time;
        Directory.CreateDirectory(folder);
        var name = $"events.out.tfevents.{time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}.kpgrpc";
        Path = System.IO.Path.Combine(folder, name);
        stream = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        WriteFrame(EventMessage.OfVersion(Seconds, FileVersion));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    private double Seconds => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Adds one point of a curve.</summary>
    /// <param name="tag">Name of the curve, such as <c>train/loss</c>.</param>
    /// <param name="value">The value; not finite ones are written too, and shown as such.</param>
    /// <param name="step">Optimiser step.</param>
    public void Scalar(string tag, double value, long step) => WriteFrame(EventMessage.OfScalar(Seconds, step, tag, (float)value));

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    /// <summary>The checksum of a frame.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = ~Crc32C.Append(uint.MaxValue, data);
        return unchecked(((crc >> 15) | (crc << 17)) + MaskDelta);
    }

    private void WriteFrame(byte[] data)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], MaskedCrc(head[..sizeof(ulong)]));
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(data));
        stream.Write(head);
        stream.Write(data);
        stream.Write(tail);
        stream.Flush();
    }
}
