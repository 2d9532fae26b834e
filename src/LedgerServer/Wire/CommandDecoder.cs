using System.Security.Cryptography;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Makes the engine's command of a decoded payload and of a stored command.</summary>
internal static class CommandDecoder
{
    /// <param name="decoded">The payload; its body must be one that this release serves.</param>
    /// <param name="payload">The bytes that it was decoded from.</param>
    /// <param name="keyId">Key that signed.</param>
    /// <param name="signature">Its signature, or that of the batch.</param>
    public static Command ToCommand(DecodedPayload decoded, ReadOnlySpan<byte> payload, string keyId, ReadOnlySpan<byte> signature) => new()
    {
        OrganizationId = decoded.OrganizationId,
        KeyId = keyId,
        IdempotencyKey = decoded.IdempotencyKey,
        NotBeforeMicros = decoded.NotBeforeMicros,
        NotAfterMicros = decoded.NotAfterMicros,
        PayloadHash = new Hash256(SHA256.HashData(payload)),
        CommandHash = CommandHash(payload, signature),
        Body = decoded.Body ?? throw new ArgumentException($"the kind {decoded.BodyName} is not served", nameof(decoded)),
    };

    /// <summary>The command of a record that was ordered before.</summary>
    /// <exception cref="InvalidDataException">It cannot be decoded, which admission would not have let in: the store is damaged.</exception>
    public static Command Decode(StoredCommand stored)
    {
        var payload = stored.Payload.ToArray();
        var decoded = PayloadDecoder.Decode(payload, new FieldViolations());
        return decoded?.Body is null
            ? throw new InvalidDataException("a stored payload cannot be decoded")
            : ToCommand(decoded, payload, stored.KeyId, stored.Signature.Span);
    }

    private static Hash256 CommandHash(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(payload);
        hash.AppendData(signature);
        return new Hash256(hash.GetHashAndReset());
    }
}
