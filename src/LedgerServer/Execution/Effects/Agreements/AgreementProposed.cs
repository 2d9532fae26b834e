using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Agreements;

/// <summary>A version was proposed.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="TermsHash">What each party signs.</param>
internal sealed record AgreementProposed(string AgreementId, uint Version, Hash256 TermsHash) : Effect;
