using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// Verifies by the key's algorithm: a pure function of its bytes, the same on every machine. An algorithm that is not served
/// verifies nothing. Safe from any thread.
/// </summary>
internal sealed class KeySignatures : ISignatureVerifier
{
    /// <summary>The one verifier that a process needs: it holds no state.</summary>
    public static KeySignatures Instance { get; } = new();

    /// <inheritdoc/>
    public bool Verify(KeyDefinition key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => key.Algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519Signatures.Verify(key.PublicKey.Span, message, signature),
        KeyAlgorithm.EcdsaP256Sha256 => EcdsaP256Signatures.Verify(key.PublicKey.Span, message, signature),
        _ => false,
    };
}
