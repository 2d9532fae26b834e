using System.Text;

using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>What signatures are over: a prefix that names the use, then the content, so that no signature counts for another use.</summary>
internal static class SigningMessages
{
    /// <summary>A single command: <c>kp.ledger.v1.CommandPayload\n</c> and the payload.</summary>
    public static byte[] Payload(ReadOnlySpan<byte> payload) => [.. "kp.ledger.v1.CommandPayload\n"u8, .. payload];

    /// <summary>A batch: <c>kp.ledger.v1.BatchRoot\n</c> and the 32-byte root over the payloads.</summary>
    public static byte[] BatchRoot(Hash256 root) => [.. "kp.ledger.v1.BatchRoot\n"u8, .. root.AsSpan()];

    /// <summary>Possession of a new key, as <c>kp.membership.v1.AddKey</c> states it.</summary>
    public static byte[] KeyPossession(string networkId, string ledgerId, string organizationId, string keyId, ReadOnlySpan<byte> publicKey) =>
        [.. Encoding.UTF8.GetBytes($"kp.membership.v1.AddKey\n{networkId}\n{ledgerId}\n{organizationId}\n{keyId}\n"), .. publicKey];
}
