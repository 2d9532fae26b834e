using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Where the page before ended: the last hit's place in the total order, bound to the request.</summary>
/// <param name="Request">First 8 bytes of the request's digest, in hex.</param>
/// <param name="Key">Order key of the last hit.</param>
/// <param name="WorkId">Its work.</param>
internal sealed record SearchPageToken(string Request, double Key, string WorkId)
{
    /// <summary>The token as text.</summary>
    public string Text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Request} {Key:R} {WorkId}")));

    /// <summary>The token behind a hit.</summary>
    public static SearchPageToken Of(SearchWorksRequest request, WorkSearch.Hit last) => new(Digest(request), last.Key, last.Work.WorkId);

    /// <summary>Reads the request's token and records a fault where it is none of ours; null for the first page.</summary>
    public static SearchPageToken? Parse(FieldViolations faults, SearchWorksRequest request)
    {
        if (request.PageToken.Length == 0)
        {
            return null;
        }

        var parts = Base64Url.IsValid(request.PageToken) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(request.PageToken)).Split(' ', 3) : [];
        var key = 0.0;
        var good = parts.Length == 3 && parts[0] == Digest(request) && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out key);
        faults.Require(good, "page_token", "must be next_page_token of the page before, with otherwise the same request");
        return good ? new SearchPageToken(parts[0], key, parts[2]) : null;
    }

    /// <summary>True when the hit comes after this place.</summary>
    public bool IsBefore(WorkSearch.Hit hit) =>
        hit.Key < Key || (hit.Key == Key && string.CompareOrdinal(hit.Work.WorkId, WorkId) > 0);

    private static string Digest(SearchWorksRequest request)
    {
        var same = request.Clone();
        same.PageToken = "";
        same.PageSize = 0;
        return Convert.ToHexStringLower(SHA256.HashData(same.ToByteArray()).AsSpan(0, 8));
    }
}
