using CsCheck;

using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Storage;

/// <summary>Golden: every byte of the record is read by all later releases.</summary>
public sealed class StoredCommandTests
{
    private static readonly byte[] Signature = [.. Enumerable.Repeat((byte)0x55, 64)];
    private static readonly string SignatureHex = Convert.ToHexStringLower(Signature);

    [Fact]
    public void Encode_OwnSignature_IsFrozen()
    {
        var stored = new StoredCommand(0x0102030405060708, "k-1", Signature, new byte[] { 0xaa, 0xbb }, null);

        Assert.Equal("01" + "0102030405060708" + "00" + "03" + "6b2d31" + SignatureHex + "aabb", Convert.ToHexStringLower(stored.Encode()));
        AssertSame(stored, StoredCommand.Decode(stored.Encode()));
    }

    [Fact]
    public void Encode_BatchSignature_IsFrozen()
    {
        var root = Hash256.FromHex(new string('1', 64));
        var sibling = Hash256.FromHex(new string('2', 64));
        var stored = new StoredCommand(-1, "k", Signature, new byte[] { 0xcc }, new BatchMembership(1, 2, root, [sibling]));

        Assert.Equal(
            "01" + "ffffffffffffffff" + "01" + "01" + "6b" + SignatureHex + "00000001" + "00000002" + root.ToHex() + "01" + sibling.ToHex() + "cc",
            Convert.ToHexStringLower(stored.Encode()));
        AssertSame(stored, StoredCommand.Decode(stored.Encode()));
    }

    [Fact]
    public void Decode_AnyBytes_DecodesOrSaysThatTheyAreDamaged() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte[0, 2], Gen.Byte[0, 40]).Sample((tail, form, keyLength) =>
    {
        byte[] bytes = [1, 0, 0, 0, 0, 0, 0, 0, 0, form, keyLength, .. tail];
        try
        {
            return StoredCommand.Decode(bytes).Encode().AsSpan().SequenceEqual(bytes);
        }
        catch (InvalidDataException)
        {
            return true;
        }
    });

    private static void AssertSame(StoredCommand expected, StoredCommand found)
    {
        Assert.Equal(expected.OrderedAtMicros, found.OrderedAtMicros);
        Assert.Equal(expected.KeyId, found.KeyId);
        Assert.Equal(expected.Payload.ToArray(), found.Payload.ToArray());
        Assert.Equal(expected.Signature.ToArray(), found.Signature.ToArray());
        Assert.Equal(expected.Batch?.Root, found.Batch?.Root);
        Assert.Equal(expected.Batch?.Path, found.Batch?.Path);
        Assert.Equal((expected.Batch?.Index, expected.Batch?.Size), (found.Batch?.Index, found.Batch?.Size));
    }
}
