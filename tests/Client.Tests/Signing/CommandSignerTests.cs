using KpGrpc.Client.Signing;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

using NSec.Cryptography;

namespace KpGrpc.Client.Tests.Signing;

public sealed class CommandSignerTests
{
    [Fact]
    public void Sign_Command_NamesTheLedgerAndVerifiesUnderThePrefix()
    {
        using var key = SigningKey.FromSeed("org", "org-1", new byte[32]);

        var command = new CommandSigner(key, "net", "main").Sign(payload => payload.Transfer = new Transfer());

        var payload = CommandPayload.Parser.ParseFrom(command.Message.Payload);
        Assert.Equal(("net", "main", "org", 1u), (payload.NetworkId, payload.LedgerId, payload.OrganizationId, payload.SchemaVersion));
        Assert.Equal(command.IdempotencyKey.ToArray(), payload.IdempotencyKey.ToByteArray());
        Assert.NotNull(payload.NotAfter);
        Assert.True(Verify(key, [.. "kp.ledger.v1.CommandPayload\n"u8, .. command.Message.Payload.Span], command.Message.Signature.Span));
        Assert.False(Verify(key, command.Message.Payload.Span, command.Message.Signature.Span));
    }

    [Fact]
    public void SignBatch_Commands_OneSignatureOverTheRoot()
    {
        using var key = SigningKey.FromSeed("org", "org-1", new byte[32]);

        var batch = new CommandSigner(key, "net", "main").SignBatch([payload => payload.Transfer = new Transfer(), payload => payload.Transfer = new Transfer()]);

        var root = MerkleHasher.HashNode(MerkleHasher.HashLeaf(batch.Message.Payloads[0].Span), MerkleHasher.HashLeaf(batch.Message.Payloads[1].Span));
        Assert.True(Verify(key, [.. "kp.ledger.v1.BatchRoot\n"u8, .. root.AsSpan()], batch.Message.Signature.Span));
        Assert.Equal(2, batch.IdempotencyKeys.Select(value => Convert.ToHexString(value.Span)).Distinct().Count());
    }

    [Fact]
    public void Sign_WithoutBodyOrWithShortKey_Throws()
    {
        using var key = SigningKey.Generate("org", "org-1");
        var signer = new CommandSigner(key, "net", "main");
        Assert.Throws<ArgumentException>(() => signer.Sign(_ => { }));
        Assert.Throws<ArgumentException>(() => signer.Sign(payload => payload.Transfer = new Transfer(), new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandSigner(key, "net", "main", window: TimeSpan.FromHours(25)));
    }

    private static bool Verify(SigningKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(
            PublicKey.Import(SignatureAlgorithm.Ed25519, key.ExportPublicKey(), KeyBlobFormat.RawPublicKey), message, signature);
}
