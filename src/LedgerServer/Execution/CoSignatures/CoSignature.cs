using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.CoSignatures;

/// <summary>Another organisation's agreement to the terms of a command, as <c>kp.copyright.v1.CoSignature</c>.</summary>
/// <param name="OrganizationId">Who agrees.</param>
/// <param name="KeyId">Key that signed.</param>
/// <param name="Signature">The signature, 64 bytes where well formed.</param>
/// <param name="TermsHash">SHA-256 of the terms agreed to; null where 32 bytes did not come.</param>
internal sealed record CoSignature(
    string OrganizationId, string KeyId, ReadOnlyMemory<byte> Signature, Hash256? TermsHash);
