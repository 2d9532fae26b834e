using System.Diagnostics.CodeAnalysis;
using System.Globalization;

using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Tiles;

namespace KpGrpc.LedgerServer.Log.Tiles;

/// <summary>
/// The log as the files of c2sp.org/tlog-tiles, made of stored nodes and leaves on any thread: <c>checkpoint</c>,
/// <c>tile/LEVEL/INDEX[.p/WIDTH]</c>, <c>tile/entries/INDEX[.p/WIDTH]</c>, and a receipt's proof of c2sp.org/tlog-proof
/// as <c>proof/SEQUENCE</c>. A partial tile is served in every width that the tree has reached, also once it is full.
/// </summary>
internal sealed class LogFiles(LedgerStore store, CommittedHead head, LogProofs proofs, CosignatureBook cosignatures)
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Binary = "application/octet-stream";
    private const string ProofPrefix = "proof/";

    /// <summary>Finds a file.</summary>
    /// <param name="path">Path under the log's prefix, without a leading slash.</param>
    /// <param name="file">The file, if the path is well formed and the durable tree has it.</param>
    public bool TryRead(string path, [NotNullWhen(true)] out LogFile? file)
    {
        file = null;
        if (path == "checkpoint")
        {
            file = new LogFile(cosignatures.WithCosignatures(head.Newest).Signed.ToBytes(), Text, IsImmutable: false);
        }
        else if (EntryBundleCoordinate.TryParse(path, out var bundle))
        {
            file = ReadBundle(bundle);
        }
        else if (TileCoordinate.TryParse(path, out var tile))
        {
            file = TileLayout.Contains(tile, head.Size) ? new LogFile(TileLayout.ReadTile(store, tile), Binary, IsImmutable: true) : null;
        }
        else if (path.StartsWith(ProofPrefix, StringComparison.Ordinal) && TryParseSequence(path.AsSpan(ProofPrefix.Length), out var sequence))
        {
            file = ReadProof(sequence);
        }

        return file is not null;
    }

    private LogFile? ReadBundle(EntryBundleCoordinate bundle)
    {
        if (bundle.FirstLeaf + (ulong)bundle.Width > head.Size)
        {
            return null;
        }

        var leaves = new ReadOnlyMemory<byte>[bundle.Width];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = store.RequireLeaf(bundle.FirstLeaf + (ulong)i);
        }

        return new LogFile(EntryBundle.Encode(leaves), Binary, IsImmutable: true);
    }

    private LogFile? ReadProof(ulong sequence)
    {
        var newest = head.Newest;
        if (sequence >= newest.Size)
        {
            return null;
        }

        var proof = new TlogProof(sequence, proofs.Inclusion(sequence, newest.Size), cosignatures.WithCosignatures(newest).Signed);
        return new LogFile(proof.ToBytes(), Text, IsImmutable: false);
    }

    // One way to write a number, so that a cache never keeps one file under two names.
    private static bool TryParseSequence(ReadOnlySpan<char> text, out ulong sequence) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence) && (text.Length == 1 || text[0] != '0');
}
