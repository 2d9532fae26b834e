using System.Buffers.Binary;
using System.Numerics;

namespace KpGrpc.InferenceServer.Storage;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), by the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>Goes on with a running value. Start with all ones and complement the end value.</summary>
    public static uint Append(uint running, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            running = BitOperations.Crc32C(running, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            running = BitOperations.Crc32C(running, value);
        }

        return running;
    }
}
