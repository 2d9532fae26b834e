using KpGrpc.Protos.Membership.V1;

using NSec.Cryptography;

using Key = NSec.Cryptography.Key;

namespace KpGrpc.Client.Signing;

/// <summary>An Ed25519 key (RFC 8032) in guarded memory.</summary>
internal sealed class Ed25519SigningKey : SigningKey
{
    private readonly Key key;

    public Ed25519SigningKey(string organizationId, string keyId, ReadOnlySpan<byte> seed)
        : base(organizationId, keyId)
    {
        var exportable = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, exportable);
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => KeyAlgorithm.Ed25519;

    /// <inheritdoc/>
    public override byte[] ExportPublicKey() => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <inheritdoc/>
    public override byte[] ExportSeed() => key.Export(KeyBlobFormat.RawPrivateKey);

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    private protected override void Dispose(bool disposing) => key.Dispose();
}
