using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Ownership;

/// <summary>Passes all or a part of a share of a work. By the giver, co-signed by the receiver.</summary>
/// <param name="Transfer">What passes.</param>
/// <param name="TermsHash">SHA-256 of the encoded OwnershipTransfer as it stands in the payload.</param>
/// <param name="ReceiverSignature">The receiver's agreement; null where it did not come.</param>
internal sealed record TransferOwnership(OwnershipTransfer Transfer, Hash256 TermsHash, CoSignature? ReceiverSignature) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.TransferOwnership;
}
