using System.Buffers.Binary;

using KpGrpc.MerkleLog.Checkpoints;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>A signed checkpoint and when the log signed it.</summary>
/// <param name="SignedAtMicros">Server's clock, microseconds since 1970.</param>
/// <param name="Signed">The signed note.</param>
internal sealed record StoredCheckpoint(long SignedAtMicros, SignedCheckpoint Signed)
{
    /// <summary>Number of leaves.</summary>
    public ulong Size => Signed.Checkpoint.Size;

    public byte[] Encode()
    {
        var note = Signed.ToBytes();
        var bytes = new byte[sizeof(long) + note.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, SignedAtMicros);
        note.CopyTo(bytes, sizeof(long));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are not such a record: the store is damaged.</exception>
    public static StoredCheckpoint Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= sizeof(long) || !SignedCheckpoint.TryParse(bytes[sizeof(long)..], out var signed, out _))
        {
            throw new InvalidDataException("a stored checkpoint cannot be decoded");
        }

        return new StoredCheckpoint(BinaryPrimitives.ReadInt64BigEndian(bytes), signed);
    }
}
