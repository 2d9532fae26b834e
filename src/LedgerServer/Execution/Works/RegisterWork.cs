using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Registers a work. By a producer that is among its owners.</summary>
/// <param name="Work">What to register.</param>
/// <param name="DetailsHash">SHA-256 of the encoded WorkDetails as it stands in the payload.</param>
/// <param name="CoSignatures">One for each owner other than the submitter, 0 to 63.</param>
internal sealed record RegisterWork(WorkDetails Work, Hash256 DetailsHash, IReadOnlyList<CoSignature> CoSignatures) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RegisterWork;
}
