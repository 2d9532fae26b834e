using System.Text.Json.Nodes;

using Google.Protobuf.Reflection;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>What a caller may put behind the question mark: every field that stands neither in the path nor in the body.</summary>
internal static class QueryParameters
{
    // Messages within messages are written a.b; deeper ones than this nobody writes by hand.
    private const int DepthMax = 3;

    /// <summary>The parameters of a route, in the order of the contract.</summary>
    public static IEnumerable<JsonObject> Of(HttpRoute route, SchemaBook schemas) =>
        route.Body == "*" ? [] : Of(route.Method.InputType, string.Empty, string.Empty, 1, route, schemas);

    private static IEnumerable<JsonObject> Of(MessageDescriptor message, string prefix, string jsonPrefix, int depth, HttpRoute route, SchemaBook schemas)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var (path, name) = (prefix + field.Name, jsonPrefix + field.JsonName);
            if (field.IsMap || route.Variables.Contains(path) || route.Body == path || IsRuledOut(field, prefix, route))
            {
                continue;
            }

            if (field.FieldType != FieldType.Message || WellKnownSchemas.Of(field.MessageType.FullName) is not null)
            {
                yield return Parameter(name, field, schemas);
            }
            else if (!field.IsRepeated && depth < DepthMax)
            {
                foreach (var inner in Of(field.MessageType, $"{path}.", $"{name}.", depth + 1, route, schemas))
                {
                    yield return inner;
                }
            }
        }
    }

    // Of a oneof only one field may be given, and the path gives one already.
    private static bool IsRuledOut(FieldDescriptor field, string prefix, HttpRoute route) =>
        field.RealContainingOneof?.Fields.Any(other => route.Variables.Contains(prefix + other.Name)) == true;

    private static JsonObject Parameter(string name, FieldDescriptor field, SchemaBook schemas)
    {
        var schema = schemas.Of(field);
        var parameter = new JsonObject { ["name"] = name, ["in"] = "query" };
        if (schema["description"]?.GetValue<string>() is { } comment)
        {
            schema.Remove("description");
            parameter["description"] = comment;
        }

        parameter["schema"] = schema;
        return parameter;
    }
}
