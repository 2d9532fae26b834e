using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>Where the page before ended: its last version, bound to the request.</summary>
/// <param name="Request">First 8 bytes of the request's digest, in hex.</param>
/// <param name="Name">Model.</param>
/// <param name="Version">Version.</param>
internal sealed record ModelPageToken(string Request, string Name, string Version)
{
    /// <summary>The token as text.</summary>
    public string Text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Request} {Name} {Version}"));

    /// <summary>The token behind a version.</summary>
    public static ModelPageToken Of(ListModelsRequest request, ModelRef last) => new(Digest(request), last.Name, last.Version);

    /// <summary>Reads the request's token and records a fault where it is none of ours; null for the first page.</summary>
    public static ModelPageToken? Parse(FieldViolations faults, ListModelsRequest request)
    {
        if (request.PageToken.Length == 0)
        {
            return null;
        }

        var parts = Base64Url.IsValid(request.PageToken) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(request.PageToken)).Split(' ', 3) : [];
        var good = parts.Length == 3 && parts[0] == Digest(request);
        faults.Require(good, "page_token", "must be next_page_token of the page before, with otherwise the same request");
        return good ? new ModelPageToken(parts[0], parts[1], parts[2]) : null;
    }

    private static string Digest(ListModelsRequest request)
    {
        var same = request.Clone();
        same.PageToken = "";
        same.PageSize = 0;
        return Convert.ToHexStringLower(SHA256.HashData(same.ToByteArray()).AsSpan(0, 8));
    }
}
