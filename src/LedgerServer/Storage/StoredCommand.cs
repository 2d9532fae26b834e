using System.Buffers.Binary;
using System.Text;

using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>An ordered command with all that an audit needs to check it again: the signed bytes as they came, and the order's time.</summary>
/// <remarks>
/// Frozen encoding, big-endian:
/// <code>
/// u8 version = 1 | i64 ordered_at (µs since 1970) | u8 form (0 own signature, 1 batch signature)
/// u8 length of key id | key id (ASCII) | 64 bytes signature
/// form 1 only: u32 index | u32 size | 32 bytes root | u8 number of hashes | 32 bytes each
/// rest: the payload
/// </code>
/// </remarks>
internal sealed record StoredCommand(
    long OrderedAtMicros, string KeyId, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Payload, BatchMembership? Batch)
{
    /// <summary>Length of every signature, in bytes.</summary>
    public const int SignatureBytes = 64;

    private const byte Version = 1;
    private const int HeadBytes = 1 + sizeof(long) + 1 + 1;
    private const int BatchHeadBytes = sizeof(uint) + sizeof(uint) + Hash256.Size + 1;

    public byte[] Encode()
    {
        var batchBytes = Batch is null ? 0 : BatchHeadBytes + (Batch.Path.Count * Hash256.Size);
        var bytes = new byte[HeadBytes + KeyId.Length + SignatureBytes + batchBytes + Payload.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), OrderedAtMicros);
        bytes[9] = Batch is null ? (byte)0 : (byte)1;
        bytes[10] = checked((byte)KeyId.Length);
        var rest = bytes.AsSpan(HeadBytes);
        rest = rest[Encoding.ASCII.GetBytes(KeyId, rest)..];
        Signature.Span.CopyTo(rest[..SignatureBytes]);
        rest = rest[SignatureBytes..];
        if (Batch is not null)
        {
            rest = WriteBatch(Batch, rest);
        }

        Payload.Span.CopyTo(rest);
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a record: the store is damaged.</exception>
    public static StoredCommand Decode(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeadBytes || span[0] != Version || span[9] > 1
            || span.Length < HeadBytes + span[10] + SignatureBytes || !Ascii.IsValid(span.Slice(HeadBytes, span[10])))
        {
            throw Damaged();
        }

        var keyId = Encoding.ASCII.GetString(span.Slice(HeadBytes, span[10]));
        var position = HeadBytes + span[10];
        var signature = bytes.Slice(position, SignatureBytes);
        position += SignatureBytes;
        var batch = span[9] == 0 ? null : ReadBatch(span, ref position);
        return new StoredCommand(BinaryPrimitives.ReadInt64BigEndian(span[1..]), keyId, signature, bytes[position..], batch);
    }

    private static Span<byte> WriteBatch(BatchMembership batch, Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt32BigEndian(rest, batch.Index);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], batch.Size);
        batch.Root.CopyTo(rest[8..]);
        rest[BatchHeadBytes - 1] = checked((byte)batch.Path.Count);
        rest = rest[BatchHeadBytes..];
        foreach (var hash in batch.Path)
        {
            hash.CopyTo(rest);
            rest = rest[Hash256.Size..];
        }

        return rest;
    }

    private static BatchMembership ReadBatch(ReadOnlySpan<byte> span, ref int position)
    {
        var head = span[position..];
        if (head.Length < BatchHeadBytes || head.Length < BatchHeadBytes + (head[BatchHeadBytes - 1] * Hash256.Size))
        {
            throw Damaged();
        }

        var path = new Hash256[head[BatchHeadBytes - 1]];
        for (var i = 0; i < path.Length; i++)
        {
            path[i] = new Hash256(head.Slice(BatchHeadBytes + (i * Hash256.Size), Hash256.Size));
        }

        position += BatchHeadBytes + (path.Length * Hash256.Size);
        return new BatchMembership(
            BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head[4..]), new Hash256(head.Slice(8, Hash256.Size)), path);
    }

    private static InvalidDataException Damaged() => new("a stored command cannot be decoded");
}
