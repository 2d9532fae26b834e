using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.CoSignatures;

/// <summary>
/// Verifies signatures for the engine. MUST be a pure function of its arguments, the same on every machine: its answers
/// stand in receipts. Never throws on bad input.
/// </summary>
internal interface ISignatureVerifier
{
    /// <summary>Whether a signature is by a key over a message.</summary>
    /// <param name="key">The key with its algorithm.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">Any bytes.</param>
    bool Verify(KeyDefinition key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
