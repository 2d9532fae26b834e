using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>Verifies by the key's algorithm; an algorithm that is not served verifies nothing. Safe from any thread.</summary>
internal sealed class KeySignatures : ISignatureVerifier
{
    /// <inheritdoc/>
    public bool Verify(KeyDefinition key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Algorithm == KeyAlgorithm.Ed25519 && Ed25519Signatures.Verify(key.PublicKey.Span, message, signature);
}
