using NSec.Cryptography;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>Loads Ed25519 private keys in one way for signers and cosigners.</summary>
internal static class Ed25519Keys
{
    public static Key FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != NoteSigner.SeedSize)
        {
            throw new ArgumentException($"An Ed25519 seed has {NoteSigner.SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        var exportable = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, exportable);
    }
}
