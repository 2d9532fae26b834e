using System.Text;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.CoSignatures;

/// <summary>
/// What a co-signature is over, as <c>kp.copyright.v1.CoSignature</c> states it. It names the command by its idempotency
/// key and submitter, so that it counts for that one command and no other.
/// </summary>
internal static class CoSignatureMessage
{
    /// <summary>The bytes that are signed.</summary>
    public static byte[] Of(string networkId, string ledgerId, Command command, Hash256 termsHash) =>
    [
        .. "kp.copyright.v1.CoSignature\n"u8,
        .. Encoding.UTF8.GetBytes(networkId),
        (byte)'\n',
        .. Encoding.UTF8.GetBytes(ledgerId),
        (byte)'\n',
        .. command.IdempotencyKey.ToBytes(),
        .. Encoding.UTF8.GetBytes(command.OrganizationId),
        (byte)'\n',
        .. termsHash.AsSpan(),
    ];
}
