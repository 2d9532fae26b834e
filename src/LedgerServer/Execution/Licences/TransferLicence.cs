using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Passes a transferable licence to another holder.</summary>
/// <param name="Transfer">What passes.</param>
/// <param name="TermsHash">SHA-256 of the encoded LicenceTransfer as it stands in the payload.</param>
/// <param name="HolderSignature">The holding organisation's agreement; null where it did not come.</param>
internal sealed record TransferLicence(LicenceTransfer Transfer, Hash256 TermsHash, CoSignature? HolderSignature) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.TransferLicence;
}
