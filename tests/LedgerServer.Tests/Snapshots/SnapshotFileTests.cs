using System.Security.Cryptography;

using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Execution;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Snapshots;

/// <summary>Golden: the frame of a snapshot's file. Its content is held by the golden root's line <c>state</c>.</summary>
public sealed class SnapshotFileTests
{
    private static readonly Hash256 Genesis = Hash256.FromHex(new string('1', 64));
    private static readonly Hash256 Root = Hash256.FromHex(new string('2', 64));

    [Fact]
    public void Write_Bytes_AreMagicHeaderContentChecksum()
    {
        using var folder = new TemporaryDirectory();
        var state = new TestLedger().State;
        var header = new SnapshotHeader(new StoreIdentity("net", "main", Genesis), 1, 0x0102030405060708, Root);

        SnapshotFile.Write(folder.Combine("s"), header, StateImage.Capture(state));

        var bytes = File.ReadAllBytes(folder.Combine("s"));
        var head = "4b50534e41503031" + "036e6574" + "046d61696e" + Genesis.ToHex() + "01000000" + "0807060504030201" + Root.ToHex();
        Assert.Equal(head, Convert.ToHexStringLower(bytes)[..head.Length]);
        Assert.Equal(StateBytes.Of(state), bytes[(head.Length / 2)..^32]);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)), bytes[^32..]);
        Assert.Equal(header, SnapshotFile.Read(folder.Combine("s"), (found, _) => found));
        // Of the content: format, next sequence, no time yet, number of tables, and the name of the first.
        Assert.Equal(
            "01000000" + "0000000000000000" + "ffffffffffffffff" + $"{state.Tables.Count:x2}000000" + $"{state.Tables[0].Name.Length:x2}",
            Convert.ToHexStringLower(StateBytes.Of(state).AsSpan(0, 25)));
    }
}
