using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Validation;

using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens.Development;

/// <summary>What the development issuer shows over HTTP: its metadata, its key, and tokens for the asking.</summary>
internal static class DevelopmentEndpoints
{
    public const string MetadataPath = "/.well-known/openid-configuration";
    public const string KeysPath = "/dev/jwks";
    public const string TokenPath = "/dev/token";

    private const int RolesMax = 32;
    private const string Localhost = "localhost";

    public static void Map(WebApplication app)
    {
        var issuer = app.Services.GetRequiredService<DevelopmentIssuer>();
        var endpoints = app.MapGroup(string.Empty).AddEndpointFilter(async (call, next) =>
            IsThisMachine(call.HttpContext.Request.Host) ? await next(call) : Results.NotFound());
        endpoints.MapGet(MetadataPath, (HttpRequest request) => Results.Json(Metadata(request)));
        endpoints.MapGet(KeysPath, () => Results.Json(Keys(issuer.Public)));
        endpoints.MapPost(TokenPath, (HttpContext context, CancellationToken _) => AnswerAsync(issuer, context));
    }

    // A page of somebody else's that makes its own name point here must not get a token: names of this machine alone.
    private static bool IsThisMachine(HostString host) =>
        host.Host == Localhost || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    // By hand: a body that cannot be read is the caller's fault, and no line of the log.
    private static async Task<IResult> AnswerAsync(DevelopmentIssuer issuer, HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Refuse("content-type: must be application/json", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            var asked = await context.Request.ReadFromJsonAsync<TokenRequest>(context.RequestAborted);
            return Answer(issuer, asked ?? new TokenRequest(null, null), context.Response);
        }
        catch (JsonException)
        {
            return Refuse("the body must be JSON such as {\"subject\":\"learner-1\",\"roles\":[\"learner\"]}");
        }
    }

    private static IResult Answer(DevelopmentIssuer issuer, TokenRequest request, HttpResponse response)
    {
        IReadOnlyList<string> roles = request.Roles is { Count: > 0 } named ? named : ["learner"];
        if (!FieldRules.IsId(request.Subject))
        {
            return Refuse("subject: must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -");
        }

        if (roles.Count > RolesMax || roles.Any(role => RoleNames.Parse(role ?? string.Empty, out _) == Roles.None))
        {
            return Refuse($"roles: at most {RolesMax}, each {RoleNames.Rule}");
        }

        response.Headers.CacheControl = "no-store";
        return Results.Json(new JsonObject
        {
            ["access_token"] = issuer.Issue(request.Subject!, roles),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)issuer.Lifetime.TotalSeconds,
        });
    }

    // The form of RFC 6749, section 5.2.
    private static IResult Refuse(string message, int status = StatusCodes.Status400BadRequest) => Results.Json(
        new JsonObject { ["error"] = "invalid_request", ["error_description"] = message }, statusCode: status);

    private static JsonObject Metadata(HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host}";
        return new JsonObject
        {
            ["issuer"] = DevelopmentIssuer.Name,
            ["jwks_uri"] = origin + KeysPath,
            ["token_endpoint"] = origin + TokenPath,
            ["id_token_signing_alg_values_supported"] = new JsonArray(SecurityAlgorithms.EcdsaSha256),
            ["subject_types_supported"] = new JsonArray("public"),
            ["response_types_supported"] = new JsonArray("token"),
        };
    }

    private static JsonObject Keys(JsonWebKey key) => new()
    {
        ["keys"] = new JsonArray(new JsonObject
        {
            ["kty"] = key.Kty,
            ["crv"] = key.Crv,
            ["x"] = key.X,
            ["y"] = key.Y,
            ["kid"] = key.Kid,
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
        }),
    };
}
