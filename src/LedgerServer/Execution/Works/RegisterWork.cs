using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Registers a work. By a producer that is its owner.</summary>
/// <param name="Work">What to register.</param>
/// <param name="DetailsHash">SHA-256 of the encoded WorkDetails as it stands in the payload.</param>
/// <param name="CoSignatureCount">Co-signatures that came with it, 0 to 63; a single owner needs none.</param>
internal sealed record RegisterWork(WorkDetails Work, Hash256 DetailsHash, int CoSignatureCount) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RegisterWork;
}
