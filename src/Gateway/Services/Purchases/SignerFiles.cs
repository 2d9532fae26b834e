using System.Text;

using Google.Protobuf;

using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Hosting;

using NSec.Cryptography;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>Reads the signing keys of the organisations whose keys the Gateway keeps.</summary>
internal static class SignerFiles
{
    private static readonly byte[] Domain = Encoding.ASCII.GetBytes("kp.ledger.v1.CommandPayload\n");

    public static LedgerSigner? Read(string setting, string path, string organizationId)
    {
        if (path.Length == 0)
        {
            return null;
        }

        try
        {
            var key = Key.Import(SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.RawPrivateKey);
            return new LedgerSigner(organizationId, payload => Sign(key, $"{organizationId}/key", payload));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartupException($"{setting}: can't read an Ed25519 key from {path}: {exception.Message}", exception);
        }
    }

    private static SignedCommand Sign(Key key, string keyId, CommandPayload payload)
    {
        var bytes = payload.ToByteArray();
        return new SignedCommand
        {
            Payload = UnsafeByteOperations.UnsafeWrap(bytes),
            KeyId = keyId,
            Signature = UnsafeByteOperations.UnsafeWrap(SignatureAlgorithm.Ed25519.Sign(key, [.. Domain, .. bytes])),
        };
    }
}
