using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Signatures without cryptography: one counts where its first byte is 1. The real ones have tests of their own.</summary>
internal sealed class SampleSignatures : ISignatureVerifier
{
    public bool Verify(KeyDefinition key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature[0] == 1;

    public static CoSignature Of(string organizationId, string terms, bool valid = true)
    {
        var signature = new byte[64];
        signature[0] = (byte)(valid ? 1 : 0);
        return new CoSignature(organizationId, "k-" + organizationId, signature, TestLedger.Hash(terms));
    }
}
