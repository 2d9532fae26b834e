namespace KpGrpc.Gateway.Security;

/// <summary>
/// Tells browsers to trust an answer no further than need be: no guessing of types, no frames, scripts and connections of
/// the same origin alone, and TLS from then on where this answer came over it. Native gRPC has no browser and gets none.
/// </summary>
/// <remarks>Source: OWASP HTTP headers cheat sheet.</remarks>
internal static class ResponseHeaders
{
    private const string ContentPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private const string TransportPolicy = "max-age=31536000; includeSubDomains";
    private const string NativeGrpc = "application/grpc";
    private const string WebGrpc = "application/grpc-web";

    /// <summary>Adds the headers. Goes in front of everything.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (!IsNative(context.Request.ContentType))
        {
            Add(context);
        }

        return next(context);
    });

    private static bool IsNative(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(NativeGrpc, StringComparison.OrdinalIgnoreCase)
        && !contentType.StartsWith(WebGrpc, StringComparison.OrdinalIgnoreCase);

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["referrer-policy"] = "no-referrer";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TransportPolicy;
        }
    }
}
