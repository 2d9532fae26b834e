using System.Text.Json.Nodes;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>Schemas of the messages that ProtoJSON does not write as objects of their fields.</summary>
internal static class WellKnownSchemas
{
    /// <summary>Full name of the message that every error has as its body.</summary>
    public const string Status = "google.rpc.Status";

    private const string Any = "google.protobuf.Any";

    /// <summary>The schema of a well-known message; null for all others.</summary>
    public static JsonObject? Of(string fullName) => fullName switch
    {
        "google.protobuf.Timestamp" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = @"^-?\d+(\.\d{1,9})?s$", ["example"] = "1.5s" },
        "google.protobuf.FieldMask" => new JsonObject { ["type"] = "string", ["example"] = "workId,title" },
        "google.protobuf.Struct" => new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        "google.protobuf.Value" => [],
        "google.protobuf.Empty" => new JsonObject { ["type"] = "object" },
        Any => AnySchema(),
        _ => null,
    };

    /// <summary>The body of every error.</summary>
    public static JsonObject StatusSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "What went wrong.",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer", ["format"] = "int32", ["description"] = "Number of the gRPC status, such as 5 for NOT_FOUND." },
            ["message"] = new JsonObject { ["type"] = "string", ["description"] = "What went wrong and what to do, in English." },
            ["details"] = new JsonObject { ["type"] = "array", ["items"] = AnySchema(), ["description"] = "BadRequest, ErrorInfo, PreconditionFailure, ResourceInfo, RetryInfo or RequestInfo of google.rpc." },
        },
    };

    private static JsonObject AnySchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
        ["additionalProperties"] = true,
    };
}
