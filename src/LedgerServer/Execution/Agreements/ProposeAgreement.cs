using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>Proposes an agreement or its next version. By a party, whose acceptance it is at the same time.</summary>
/// <param name="Terms">What is proposed.</param>
/// <param name="TermsHash">SHA-256 of the encoded AgreementTerms as it stands in the payload.</param>
internal sealed record ProposeAgreement(AgreementTerms Terms, Hash256 TermsHash) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ProposeAgreement;
}
