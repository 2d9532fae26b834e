using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>A party's own signed acceptance; the last one needed activates the version.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="TermsHash">Hash of the terms that the party agrees to; null where it did not have 32 bytes.</param>
internal sealed record AcceptAgreement(string AgreementId, uint Version, Hash256? TermsHash) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.AcceptAgreement;
}
