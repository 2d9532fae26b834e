using System.Runtime.Versioning;

using KpGrpc.Client.Signing;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.Signing;

// File modes exist on Unix alone, where the servers run.
[UnsupportedOSPlatform("windows")]
public sealed class SigningKeyFileTests
{
    [Fact]
    public void Write_ThenRead_GivesTheKeyToItsOwnerAlone()
    {
        using var folder = new TemporaryDirectory();
        using var key = SigningKey.FromSeed("org", "org-1", new byte[32]);
        SigningKeyFile.Write(folder.Combine("key"), key, development: true);

        using var found = SigningKeyFile.Read(folder.Combine("key"));

        Assert.Equal(("org", "org-1"), (found.OrganizationId, found.KeyId));
        Assert.Equal(key.ExportPublicKey(), found.ExportPublicKey());
        Assert.Equal(
            """{"format":"kpgrpc-signing-key-1","development":true,"organizationId":"org","keyId":"org-1","algorithm":"ed25519","seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""",
            File.ReadAllText(folder.Combine("key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("key")));
        Assert.Throws<IOException>(() => SigningKeyFile.Write(folder.Combine("key"), key, development: true));
    }

    [Fact]
    public void Write_KeyOnP256_IsReadBackAsOne()
    {
        using var folder = new TemporaryDirectory();
        using var key = SigningKey.Generate("org", "org-1", KeyAlgorithm.EcdsaP256Sha256);
        SigningKeyFile.Write(folder.Combine("key"), key, development: false);

        using var found = SigningKeyFile.Read(folder.Combine("key"));

        Assert.Equal(KeyAlgorithm.EcdsaP256Sha256, found.Algorithm);
        Assert.Equal(key.ExportPublicKey(), found.ExportPublicKey());
        Assert.Contains("\"algorithm\":\"ecdsa-p256-sha256\"", File.ReadAllText(folder.Combine("key")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"format":"other","development":true,"organizationId":"o","keyId":"k","algorithm":"ed25519","seed":"AA=="}""")]
    [InlineData("""{"format":"kpgrpc-signing-key-1","development":true,"organizationId":"o","keyId":"k","algorithm":"ed25519","seed":"AA=="}""")]
    [InlineData("""{"format":"kpgrpc-signing-key-1","development":true,"organizationId":"o","keyId":"k","algorithm":"rsa","seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""")]
    [InlineData("""{"format":"kpgrpc-signing-key-1","development":true,"organizationId":"o","keyId":"k","algorithm":"ecdsa-p256-sha256","seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""")]
    public void Read_OtherText_SaysWhichFile(string text)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("key"), text);
        Assert.Contains(folder.Combine("key"), Assert.Throws<InvalidDataException>(() => SigningKeyFile.Read(folder.Combine("key"))).Message);
    }
}
