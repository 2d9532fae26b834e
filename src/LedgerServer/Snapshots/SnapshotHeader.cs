using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Snapshots;

/// <summary>What a snapshot is of.</summary>
/// <param name="Identity">Network, ledger and genesis.</param>
/// <param name="EngineVersion">Rules that made the state.</param>
/// <param name="Sequence">Number of commands that the state comes from.</param>
/// <param name="Root">Root of the log over as many receipts.</param>
internal sealed record SnapshotHeader(StoreIdentity Identity, uint EngineVersion, ulong Sequence, Hash256 Root)
{
    /// <summary>Writes it: network, ledger, genesis hash, u32 engine version, u64 sequence, root; as <see cref="BinaryWriter"/> does.</summary>
    public void WriteTo(BinaryWriter output)
    {
        output.Write(Identity.NetworkId);
        output.Write(Identity.LedgerId);
        output.Write(Identity.GenesisHash.AsSpan());
        output.Write(EngineVersion);
        output.Write(Sequence);
        output.Write(Root.AsSpan());
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such header.</exception>
    public static SnapshotHeader Read(BinaryReader input)
    {
        try
        {
            var identity = new StoreIdentity(input.ReadString(), input.ReadString(), new Hash256(input.ReadBytes(Hash256.Size)));
            return new SnapshotHeader(identity, input.ReadUInt32(), input.ReadUInt64(), new Hash256(input.ReadBytes(Hash256.Size)));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"its header cannot be read: {exception.Message}", exception);
        }
    }
}
