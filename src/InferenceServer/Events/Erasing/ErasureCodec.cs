using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>
/// The bytes of an erasure's steps in <c>erasures.log</c>. Little-endian: step (1 byte) · key (16) · then for 1, begun:
/// seal (16); for 2, found: log (16), positions (8 each), and there may be several; for 3, done: events (8), time (8).
/// </summary>
internal static class ErasureCodec
{
    private const byte Begun = 1;
    private const byte Found = 2;
    private const byte Done = 3;
    private const int HeadBytes = 17;

    /// <summary>From here on events of the learner are refused.</summary>
    public static byte[] EncodeBegun(UInt128 key, UInt128 seal)
    {
        var bytes = Head(Begun, key, 16);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(HeadBytes), seal);
        return bytes;
    }

    /// <summary>Where her events are, before they are overwritten.</summary>
    public static byte[] EncodeFound(UInt128 key, Guid log, ReadOnlySpan<long> positions)
    {
        var bytes = Head(Found, key, 16 + (8 * positions.Length));
        log.TryWriteBytes(bytes.AsSpan(HeadBytes));
        for (var at = 0; at < positions.Length; at++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HeadBytes + 16 + (8 * at)), positions[at]);
        }

        return bytes;
    }

    /// <summary>All is erased.</summary>
    public static byte[] EncodeDone(UInt128 key, long events, long unixMilliseconds)
    {
        var bytes = Head(Done, key, 16);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HeadBytes), events);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HeadBytes + 8), unixMilliseconds);
        return bytes;
    }

    /// <summary>Takes a step into what is known of all erasures.</summary>
    /// <exception cref="InvalidDataException">A newer release wrote it.</exception>
    public static void Apply(byte[] bytes, Dictionary<UInt128, Erasure> erasures)
    {
        var key = BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(1));
        var rest = bytes.AsSpan(HeadBytes);
        switch (bytes[0])
        {
            case Begun:
                erasures[key] = new Erasure(key, BinaryPrimitives.ReadUInt128LittleEndian(rest));
                break;
            case Found:
                var positions = MemoryMarshal.Cast<byte, long>(rest[16..]).ToArray();
                var before = erasures[key];
                long[] all = [.. before.Positions.Union(positions)]; // a search that was done again finds the same ones
                erasures[key] = before with
                {
                    Log = new Guid(rest[..16]),
                    Positions = all,
                    Events = before.DoneAt is null ? all.Length : before.Events, // done: a backup brought some back
                };
                break;
            case Done:
                erasures[key] = erasures[key] with { Positions = [], Events = BinaryPrimitives.ReadInt64LittleEndian(rest), DoneAt = BinaryPrimitives.ReadInt64LittleEndian(rest[8..]) };
                break;
            default:
                throw new InvalidDataException("The list of erasures was written by a newer release.");
        }
    }

    private static byte[] Head(byte step, UInt128 key, int more)
    {
        var bytes = new byte[HeadBytes + more];
        bytes[0] = step;
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(1), key);
        return bytes;
    }
}
