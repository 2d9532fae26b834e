using System.IO.Compression;
using System.Security.Cryptography;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace KpGrpc.Gateway.WebConsole;

/// <summary>
/// Bytes that are served to browsers as they are: compressed once, recognised by their hash, and with headers that let a
/// page load nothing from elsewhere. Immutable.
/// </summary>
internal sealed class PageContent
{
    private const string SecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const int TagBytes = 12;

    private readonly byte[] plain;
    private readonly byte[] compressed;
    private readonly string contentType;
    private readonly EntityTagHeaderValue tag;

    /// <summary>Takes the bytes over.</summary>
    public PageContent(byte[] bytes, string contentType)
    {
        plain = bytes;
        compressed = Compress(bytes);
        this.contentType = contentType;
        tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes))}\"");
    }

    /// <summary>Answers a GET or HEAD; 304 where the browser has the same bytes already.</summary>
    public FileContentHttpResult Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = SecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Asked for again each time, and mostly answered with 304: a new build shows at once.
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var takesGzip = AcceptsGzip(context.Request);
        if (takesGzip)
        {
            headers.ContentEncoding = "gzip";
        }

        return TypedResults.Bytes(takesGzip ? compressed : plain, contentType, entityTag: takesGzip ? Weak(tag) : tag);
    }

    // The compressed form has other bytes, so the tag says no more than "the same content".
    private static EntityTagHeaderValue Weak(EntityTagHeaderValue strong) => new(strong.Tag, isWeak: true);

    private static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(one => one.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
