using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security.Certificates;

/// <summary>Opens the TLS port where a certificate is configured.</summary>
internal sealed class TlsSetup(IOptions<TlsOptions> tls, IOptions<HostingOptions> hosting) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        var (settings, address) = Read();
        if (settings.CertificatePath.Length == 0 || address is null)
        {
            return;
        }

        var certificate = Load(settings);
        options.Listen(address, settings.Port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1AndHttp2;
            endpoint.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                // Most callers have a token instead. Whom a certificate stands for is decided a call, by CertificateCallers.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
    }

    // The framework asks before anything is validated: a wrong value is the validators' to report.
    private (TlsOptions Tls, IPAddress? Address) Read()
    {
        try
        {
            return (tls.Value, IPAddress.Parse(hosting.Value.Address));
        }
        catch (Exception exception) when (exception is OptionsValidationException or FormatException)
        {
            return (new TlsOptions(), null);
        }
    }

    private static X509Certificate2 Load(TlsOptions settings)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(settings.CertificatePath, settings.KeyPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartupException($"Gateway:Tls: can't read the certificate {settings.CertificatePath} with its key {settings.KeyPath}: {exception.Message} Both must be PEM files that belong together.", exception);
        }
    }
}
