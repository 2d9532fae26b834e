using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>
/// An issuer that is known by the address of its OpenID Connect metadata. Keys are read again every 12 hours, and sooner
/// where a token names an unknown one; the last good ones serve while the issuer is away. Who creates it disposes it.
/// </summary>
internal sealed partial class MetadataIssuer : IIssuer, IDisposable
{
    private const int AnswerBytesMax = 1_024 * 1_024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    // After a failure, and between two looks for a key that a token names.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new() { Timeout = Timeout, MaxResponseContentBufferSize = AnswerBytesMax };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> metadata;
    private readonly TimeProvider time;
    private readonly ILogger<MetadataIssuer> logger;
    private OpenIdConnectConfiguration? read;
    private IssuerKeys? current;
    private long failedAt;

    public MetadataIssuer(IOptions<IdentityOptions> options, TimeProvider time, ILogger<MetadataIssuer> logger)
    {
        (this.time, this.logger) = (time, logger);
        var address = options.Value.MetadataAddress;
        // Where http is allowed at all, the options' validator has seen to it that it is loopback.
        var retriever = new HttpDocumentRetriever(http) { RequireHttps = address.StartsWith("https", StringComparison.Ordinal) };
        metadata = new ConfigurationManager<OpenIdConnectConfiguration>(address, new OpenIdConnectConfigurationRetriever(), retriever)
        {
            RefreshInterval = Pause,
        };
    }

    public async ValueTask<IssuerKeys?> ReadAsync(CancellationToken cancellationToken)
    {
        var failed = Volatile.Read(ref failedAt);
        if (failed != 0 && time.GetElapsedTime(failed) < Pause)
        {
            return current;
        }

        try
        {
            var configuration = await metadata.GetConfigurationAsync(cancellationToken);
            Volatile.Write(ref failedAt, 0);
            return Keep(configuration);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            Log.Unreadable(logger, metadata.MetadataAddress, exception.GetType().Name);
            Volatile.Write(ref failedAt, time.GetTimestamp());
            return current;
        }
    }

    public void Suspect() => metadata.RequestRefresh();

    public void Dispose() => http.Dispose();

    private IssuerKeys Keep(OpenIdConnectConfiguration configuration)
    {
        if (!ReferenceEquals(Volatile.Read(ref read), configuration) || current is null)
        {
            current = new IssuerKeys(configuration.Issuer, [.. configuration.SigningKeys.Where(key => key is not SymmetricSecurityKey)]);
            Volatile.Write(ref read, configuration);
        }

        return current;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The issuer's metadata at {Address} cannot be read ({Failure}); tokens are checked with the keys that are known")]
        public static partial void Unreadable(ILogger logger, string address, string failure);
    }
}
