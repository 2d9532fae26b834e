using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Demo.Network;

/// <summary>
/// A command that the demo wants to be on the ledger once and for all. Its idempotency key is made of what it says, so
/// that a second run asks for the same thing under the same key.
/// </summary>
/// <param name="OrganizationId">Who submits and signs it.</param>
/// <param name="Body">A payload of which only the body is set.</param>
internal sealed record PlannedCommand(string OrganizationId, CommandPayload Body)
{
    private const string KeyDomain = "kpgrpc.demo.command\n";
    private const int KeySize = 16;

    /// <summary>The key: the first 16 bytes of SHA-256 over a domain, the organisation and the body's bytes.</summary>
    public ByteString IdempotencyKey()
    {
        byte[] input = [.. Encoding.ASCII.GetBytes(KeyDomain), .. Encoding.UTF8.GetBytes(OrganizationId), (byte)'\n', .. Body.ToByteArray()];
        return ByteString.CopyFrom(SHA256.HashData(input).AsSpan(0, KeySize));
    }

    /// <summary>Completes a payload that the signer has begun.</summary>
    public void Fill(CommandPayload payload)
    {
        payload.MergeFrom(Body);
        payload.IdempotencyKey = IdempotencyKey();
    }
}
