using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security.Certificates;

/// <summary>One more port with TLS, for gRPC and HTTP/1.1 at once (ALPN), that takes client certificates. Section <c>Gateway:Tls</c>.</summary>
public sealed class TlsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway:Tls";

    /// <summary>File of the Gateway's certificate, PEM. Empty (default): no TLS port.</summary>
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>File of the certificate's private key, PEM.</summary>
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>Port. Range 0 to 65535, default 5443; 0 takes any free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 5_443;

    /// <summary>File of the authorities that client certificates come from, PEM. Empty (default): pinned certificates alone.</summary>
    public string ClientAuthoritiesPath { get; set; } = string.Empty;
}

/// <summary>Source-generated check of <see cref="TlsOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TlsOptionsValidator : IValidateOptions<TlsOptions>;
