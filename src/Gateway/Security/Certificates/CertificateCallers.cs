using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security.Certificates;

/// <summary>
/// Whom a client certificate stands for: one that is pinned by its thumbprint, or one of a mapped subject whose chain ends
/// at a configured authority; both within their dates. Asked once a connection.
/// </summary>
internal sealed class CertificateCallers
{
    private static readonly object CallerKey = new();

    private readonly IList<CertificateMapping> mappings;
    private readonly X509Certificate2Collection authorities = [];
    private readonly TimeProvider time;

    /// <summary>Reads the authorities.</summary>
    /// <exception cref="StartupException">Their file is missing, unreadable or needed and not named.</exception>
    public CertificateCallers(IOptions<IdentityOptions> identity, IOptions<TlsOptions> tls, TimeProvider time)
    {
        mappings = identity.Value.Certificates;
        this.time = time;
        var path = tls.Value.ClientAuthoritiesPath;
        if (path.Length > 0)
        {
            Load(path);
        }
        else if (mappings.FirstOrDefault(mapping => !string.IsNullOrEmpty(mapping.Subject)) is { } named)
        {
            throw new StartupException($"Gateway:Identity:Certificates: {named.Name} is known by its Subject, which anybody can write: name the authorities in Gateway:Tls:ClientAuthoritiesPath, or pin its Thumbprint");
        }
    }

    /// <summary>Recognises the caller of a connection.</summary>
    public Identification Find(X509Certificate2 certificate, HttpContext context)
    {
        // A connection keeps its certificate, and building a chain costs more than many a call. Its dates are looked at again.
        var kept = context.Features.Get<IConnectionItemsFeature>()?.Items;
        var caller = kept is not null && kept.TryGetValue(CallerKey, out var known) ? (Caller?)known : Match(certificate);
        kept?[CallerKey] = caller;
        return caller is not null && IsCurrent(certificate) ? Identification.Of(caller) : Identification.Of(Refusal.Certificate);
    }

    private Caller? Match(X509Certificate2 certificate)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var mapping = mappings.FirstOrDefault(mapping => string.Equals(mapping.Thumbprint, thumbprint, StringComparison.OrdinalIgnoreCase))
            ?? mappings.FirstOrDefault(mapping => mapping.Subject == certificate.Subject && IsVouchedFor(certificate));
        return mapping is null ? null : Caller.Of(mapping.Name, mapping.Roles);
    }

    private bool IsCurrent(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        return certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();
    }

    private bool IsVouchedFor(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // An authority's list of revoked ones would have to be fetched while a caller waits; take the mapping away instead.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return authorities.Count > 0 && chain.Build(certificate);
    }

    private void Load(string path)
    {
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"Gateway:Tls:ClientAuthoritiesPath: can't read {path}: {exception.Message}", exception);
        }

        if (authorities.Count == 0)
        {
            throw new StartupException($"Gateway:Tls:ClientAuthoritiesPath: {path} holds no certificate in PEM form");
        }
    }
}
