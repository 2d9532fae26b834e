using KpGrpc.LedgerServer.Node;

using Microsoft.Net.Http.Headers;

namespace KpGrpc.LedgerServer.Services;

/// <summary>
/// The log over HTTP/1.1 by c2sp.org/tlog-tiles, so that standard tools read it: <c>/log/checkpoint</c>,
/// <c>/log/tile/…</c>, <c>/log/tile/entries/…</c>, and a receipt's tlog-proof as <c>/log/proof/SEQUENCE</c>. That is the
/// default ledger; every ledger has the same paths under <c>/ledgers/LEDGER/log/</c>, its id percent-encoded.
/// </summary>
internal static class LogEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Mutable = "no-store";

    /// <summary>Maps the paths.</summary>
    public static void MapLog(this IEndpointRouteBuilder app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/log/{**path}", methods, (string path, HttpResponse response, LedgerSet ledgers) => Serve(ledgers.All[0], path, response));
        app.MapMethods(
            "/ledgers/{ledger}/log/{**path}", methods,
            (string ledger, string path, HttpResponse response, LedgerSet ledgers) => Serve(ledgers.Find(Uri.UnescapeDataString(ledger)), path, response));
    }

    private static IResult Serve(HostedLedger? ledger, string path, HttpResponse response)
    {
        if (ledger is null)
        {
            return Results.Text("This server has no such ledger.\n", statusCode: StatusCodes.Status404NotFound);
        }

        if (!ledger.Node.Files.TryRead(path, out var file))
        {
            return Results.Text("This log has no such file.\n", statusCode: StatusCodes.Status404NotFound);
        }

        response.Headers[HeaderNames.CacheControl] = file.IsImmutable ? Immutable : Mutable;
        return Results.Bytes(file.Content, file.ContentType);
    }
}
