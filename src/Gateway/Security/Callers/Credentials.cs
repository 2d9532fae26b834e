using KpGrpc.Gateway.Security.ApiKeys;
using KpGrpc.Gateway.Security.Certificates;
using KpGrpc.Gateway.Security.Tokens;

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KpGrpc.Gateway.Security.Callers;

/// <summary>Finds out who calls from a token, a key or a certificate, without reading the body. Safe from any thread.</summary>
internal sealed class Credentials(TokenReader tokens, ApiKeyBook keys, CertificateCallers certificates, IOptions<GatewayOptions> gateway)
{
    /// <summary>The header of a key.</summary>
    public const string ApiKeyHeader = "x-api-key";

    private const string Scheme = "Bearer ";

    /// <summary>Recognises the caller.</summary>
    public async ValueTask<Identification> IdentifyAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        var key = context.Request.Headers[ApiKeyHeader];
        return (authorization.Count, key.Count, context.Connection.ClientCertificate) switch
        {
            (0, 0, null) => gateway.Value.AllowAnonymous ? Identification.Of(Caller.Anonymous) : Identification.Of(Refusal.Missing),
            (0, 0, { } certificate) => certificates.Find(certificate, context),
            (1, 0, _) => await ReadTokenAsync(authorization, context.RequestAborted),
            (0, 1, _) => keys.Find(key.ToString()),
            _ => Identification.Of(Refusal.Several),
        };
    }

    /// <summary>Takes the secrets out of a request, so that nothing behind the door can pass them on or log them.</summary>
    public static void Remove(HttpRequest request)
    {
        request.Headers.Remove("authorization");
        request.Headers.Remove(ApiKeyHeader);
    }

    private ValueTask<Identification> ReadTokenAsync(StringValues header, CancellationToken cancellationToken)
    {
        var text = header.ToString();
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tokens.ReadAsync(text[Scheme.Length..].Trim(), cancellationToken)
            : ValueTask.FromResult(Identification.Of(Refusal.Malformed));
    }
}
