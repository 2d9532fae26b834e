using System.Net;

using KpGrpc.Gateway.Security.Certificates;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Security;

/// <summary>Decides before anything listens how callers are recognised, and refuses a door that anybody, or nobody, could pass.</summary>
internal static partial class IdentityCheck
{
    /// <summary>Whether this process is to issue development tokens.</summary>
    public static bool IssuesTokens(IdentityOptions identity, HostingOptions hosting, IHostEnvironment environment) =>
        identity.DevelopmentIssuer ?? (environment.IsDevelopment() && IsLoopback(hosting) && identity.MetadataAddress.Length == 0);

    /// <summary>Checks the composition.</summary>
    /// <exception cref="StartupException">It would be open where it should not be, or closed to everybody.</exception>
    public static void Check(GatewayOptions gateway, IdentityOptions identity, TlsOptions tls, HostingOptions hosting, IHostEnvironment environment)
    {
        if (gateway.AllowAnonymous && environment.IsProduction())
        {
            throw new StartupException("Gateway:AllowAnonymous=true lets everybody do everything, which is refused in the Production environment: configure Gateway:Identity, or try things out with ASPNETCORE_ENVIRONMENT=Development");
        }

        var issues = IssuesTokens(identity, hosting, environment);
        if (issues && !(environment.IsDevelopment() && IsLoopback(hosting)))
        {
            var where = environment.IsDevelopment() ? $"on {hosting.Address}" : $"in the {environment.EnvironmentName} environment";
            throw new StartupException($"Gateway:Identity:DevelopmentIssuer=true gives everybody any token, which is refused {where}: name your issuer in Gateway:Identity:MetadataAddress, or use ASPNETCORE_ENVIRONMENT=Development on a loopback address");
        }

        if (issues && identity.MetadataAddress.Length > 0)
        {
            throw new StartupException("Gateway:Identity:DevelopmentIssuer=true and Gateway:Identity:MetadataAddress name two issuers: keep one");
        }

        if (identity.Certificates.Count > 0 && tls.CertificatePath.Length == 0)
        {
            throw new StartupException("Gateway:Identity:Certificates can reach nobody without TLS: name the Gateway's own certificate in Gateway:Tls:CertificatePath and Gateway:Tls:KeyPath");
        }

        if (!issues && !gateway.AllowAnonymous && identity.MetadataAddress.Length == 0 && identity.ApiKeysPath.Length == 0 && identity.Certificates.Count == 0)
        {
            throw new StartupException("nobody could prove who she is, so the Gateway does not start: name an issuer in Gateway:Identity:MetadataAddress, keys in Gateway:Identity:ApiKeysPath or certificates in Gateway:Identity:Certificates; ASPNETCORE_ENVIRONMENT=Development on a loopback address has an issuer of its own");
        }
    }

    /// <summary>Says loudly what must not be overlooked.</summary>
    public static void Warn(GatewayOptions gateway, bool issuesTokens, ILogger logger)
    {
        if (gateway.AllowAnonymous)
        {
            Log.Anonymous(logger);
        }

        if (issuesTokens)
        {
            Log.Issuer(logger);
        }
    }

    // A malformed address is the options validator's to report.
    private static bool IsLoopback(HostingOptions hosting) => !IPAddress.TryParse(hosting.Address, out var address) || IPAddress.IsLoopback(address);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Gateway:AllowAnonymous=true: EVERYBODY WHO REACHES THIS PROCESS MAY DO EVERYTHING, for any learner and any organisation")]
        public static partial void Anonymous(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Development issuer: this process gives any token to whoever asks at /dev/token; it exists in the Development environment on loopback alone")]
        public static partial void Issuer(ILogger logger);
    }
}
