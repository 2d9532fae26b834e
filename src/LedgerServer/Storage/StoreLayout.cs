using System.Buffers.Binary;
using System.Text;

using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>
/// Where everything stands in the data folder. Frozen: format 1 is read by every later release, and golden tests hold
/// every byte. Numbers are big-endian, so that the order of keys is the order of numbers.
/// </summary>
/// <remarks>
/// <code>
/// column         key                                             value
/// meta           "format" | "network" | "ledger" | "genesis"     u32 = 1 | UTF-8 | UTF-8 | SHA-256 of the genesis file
/// commands       sequence u64                                    see StoredCommand
/// leaves         sequence u64                                    the receipt's bytes: the leaf
/// nodes          level u8, index u64                             hash of a complete Merkle node, 32 bytes
/// checkpoints    tree size u64                                   signed_at i64 (µs since 1970), the signed note
/// idempotency    organisation id (UTF-8), 0x00, key 16 bytes     sequence u64
/// command-hashes command hash 32 bytes                           sequence u64
/// history        ordinal of the account u32, sequence u64        see HistoryEncoder
/// leaf-hashes    RFC 6962 leaf hash 32 bytes                     sequence u64
/// subject-data   pseudonym (UTF-8), 0x00, data id (UTF-8)        see SubjectVault: nonce, ciphertext, tag
/// cosignatures   tree size u64, witness (UTF-8), 0x00, key id u32  the signature line of the note, UTF-8
/// </code>
/// </remarks>
internal static class StoreLayout
{
    /// <summary>The format that this release writes and reads.</summary>
    public const uint Format = 1;

    public const string Meta = "meta";
    public const string Commands = "commands";
    public const string Leaves = "leaves";
    public const string Nodes = "nodes";
    public const string Checkpoints = "checkpoints";
    public const string Idempotency = "idempotency";
    public const string CommandHashes = "command-hashes";
    public const string LeafHashes = "leaf-hashes";
    public const string History = "history";
    public const string Cosignatures = "cosignatures";
    public const string SubjectData = "subject-data";

    public const int NumberBytes = sizeof(ulong);
    public const int NodeKeyBytes = 1 + NumberBytes;

    private const int IdempotencyKeyBytes = 16;

    /// <summary>All columns, besides the empty "default" that RocksDB always has.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [Meta, Commands, Leaves, Nodes, Checkpoints, Idempotency, CommandHashes, LeafHashes, Cosignatures, SubjectData, History];

    public static byte[] FormatKey => "format"u8.ToArray();

    public static byte[] NetworkKey => "network"u8.ToArray();

    public static byte[] LedgerKey => "ledger"u8.ToArray();

    public static byte[] GenesisKey => "genesis"u8.ToArray();

    /// <summary>A sequence or tree size as key or value.</summary>
    public static byte[] Number(ulong value)
    {
        var bytes = new byte[NumberBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Reads the number that a key begins with, or that a value is.</summary>
    /// <exception cref="InvalidDataException">There are too few bytes: the store is damaged.</exception>
    public static ulong ReadNumber(ReadOnlySpan<byte> bytes) => BinaryPrimitives.TryReadUInt64BigEndian(bytes, out var number)
        ? number
        : throw new InvalidDataException($"a stored number has {bytes.Length} bytes");

    public static byte[] FormatValue(uint format)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, format);
        return bytes;
    }

    /// <summary>Writes the key of a node; <paramref name="key"/> has <see cref="NodeKeyBytes"/> bytes.</summary>
    public static void WriteNodeKey(NodeAddress address, Span<byte> key)
    {
        key[0] = checked((byte)address.Level);
        BinaryPrimitives.WriteUInt64BigEndian(key[1..], address.Index);
    }

    /// <summary>The zero byte cannot stand in an id, so no two pairs share a key.</summary>
    public static byte[] IdempotencyKey(string organizationId, ReadOnlySpan<byte> idempotencyKey)
    {
        if (idempotencyKey.Length != IdempotencyKeyBytes)
        {
            throw new ArgumentException($"An idempotency key has {IdempotencyKeyBytes} bytes, not {idempotencyKey.Length}.", nameof(idempotencyKey));
        }

        var length = Encoding.UTF8.GetByteCount(organizationId);
        var key = new byte[length + 1 + IdempotencyKeyBytes];
        Encoding.UTF8.GetBytes(organizationId, key);
        idempotencyKey.CopyTo(key.AsSpan(length + 1));
        return key;
    }

    /// <summary>The zero byte cannot stand in a witness's name, so no two witnesses share a key.</summary>
    public static byte[] CosignatureKey(ulong treeSize, string witness, uint keyId)
    {
        var length = Encoding.UTF8.GetByteCount(witness);
        var key = new byte[NumberBytes + length + 1 + sizeof(uint)];
        BinaryPrimitives.WriteUInt64BigEndian(key, treeSize);
        Encoding.UTF8.GetBytes(witness, key.AsSpan(NumberBytes));
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(NumberBytes + length + 1), keyId);
        return key;
    }

    /// <summary>The zero byte cannot stand in a pseudonym, so no two pairs share a key; an empty id gives the prefix of all.</summary>
    public static byte[] SubjectDataKey(string pseudonym, string dataId) => Encoding.UTF8.GetBytes($"{pseudonym}\0{dataId}");
}
