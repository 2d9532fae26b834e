using KpGrpc.LedgerServer.Node;

using Microsoft.Net.Http.Headers;

namespace KpGrpc.LedgerServer.Services;

/// <summary>
/// The log over HTTP/1.1 by c2sp.org/tlog-tiles, so that standard tools read it: <c>/log/checkpoint</c>,
/// <c>/log/tile/…</c>, <c>/log/tile/entries/…</c>, and a receipt's tlog-proof as <c>/log/proof/SEQUENCE</c>.
/// </summary>
internal static class LogEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Mutable = "no-store";

    /// <summary>Maps the paths.</summary>
    public static void MapLog(this IEndpointRouteBuilder app) =>
        app.MapMethods("/log/{**path}", [HttpMethods.Get, HttpMethods.Head], Serve);

    private static IResult Serve(string path, HttpResponse response, LedgerNode ledger)
    {
        if (!ledger.Files.TryRead(path, out var file))
        {
            return Results.Text("This log has no such file.\n", statusCode: StatusCodes.Status404NotFound);
        }

        response.Headers[HeaderNames.CacheControl] = file.IsImmutable ? Immutable : Mutable;
        return Results.Bytes(file.Content, file.ContentType);
    }
}
