using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>A certificate authority for one test, with a server's certificate in files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const int ValidDays = 30;

    private readonly TemporaryDirectory folder = new();
    private readonly X509Certificate2 authority;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        authority = request.CreateSelfSigned(now.AddDays(-2 * ValidDays), now.AddDays(2 * ValidDays));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        using var server = Issue("CN=localhost", "1.3.6.1.5.5.7.3.1", ValidDays);
        File.WriteAllText(ServerFile, server.ExportCertificatePem());
        File.WriteAllText(ServerKeyFile, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityFile => folder.Combine("authority.pem");

    public string ServerFile => folder.Combine("server.pem");

    public string ServerKeyFile => folder.Combine("server.key");

    /// <summary>A client's certificate with its key.</summary>
    public X509Certificate2 Client(string subject, int endsInDays = ValidDays) => Issue(subject, "1.3.6.1.5.5.7.3.2", endsInDays);

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private X509Certificate2 Issue(string subject, string usage, int endsInDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(authority, now.AddDays(-ValidDays), now.AddDays(endsInDays), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
