using System.Text.Json.Nodes;

using Google.Protobuf.Reflection;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>
/// Schemas of the contract's messages and enums in the proto3 JSON mapping (protobuf.dev, "ProtoJSON Format"): each one
/// that is asked for, and all that it names. Not thread-safe.
/// </summary>
internal sealed class SchemaBook(ContractComments comments)
{
    private readonly SortedDictionary<string, JsonObject> schemas = new(StringComparer.Ordinal);

    /// <summary>All schemas so far, by the full name of their message or enum.</summary>
    public JsonObject ToJson() => new(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone())));

    /// <summary>A message, by reference; well-known types have a form of their own.</summary>
    public JsonObject Of(MessageDescriptor message) => WellKnownSchemas.Of(message.FullName) ?? Reference(message);

    /// <summary>A field with its comment, lists and maps included.</summary>
    public JsonObject Of(FieldDescriptor field)
    {
        var schema = field.IsMap
            ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Single(field.MessageType.FindFieldByName("value")) }
            : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Single(field) } : Single(field);
        var comment = comments.Of(field);
        if (comment.Length == 0)
        {
            return schema;
        }

        // What stands beside a $ref is ignored, so the reference goes inside.
        var described = schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(schema) } : schema;
        described["description"] = comment;
        return described;
    }

    private JsonObject Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => Type("boolean"),
        FieldType.String => Type("string"),
        FieldType.Bytes => Type("string", "byte"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Type("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 => Type("integer", "uint32"),
        // JavaScript can't hold 64 bits, so they are decimal text.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Type("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Type("string", "uint64"),
        FieldType.Float => Type("number", "float"),
        FieldType.Double => Type("number", "double"),
        FieldType.Enum => Reference(field.EnumType),
        FieldType.Message or FieldType.Group => Of(field.MessageType),
        _ => throw new InvalidOperationException($"{field.FullName} has the type {field.FieldType}, which has no schema"),
    };

    private JsonObject Reference(MessageDescriptor message)
    {
        if (!schemas.ContainsKey(message.FullName))
        {
            var schema = Described("object", comments.Of(message));
            // Added before its fields: a message may hold itself.
            schemas[message.FullName] = schema;
            schema["properties"] = new JsonObject(message.Fields.InDeclarationOrder().Select(field => KeyValuePair.Create(field.JsonName, (JsonNode?)Of(field))));
        }

        return ReferenceTo(message.FullName);
    }

    private JsonObject Reference(EnumDescriptor @enum)
    {
        if (!schemas.ContainsKey(@enum.FullName))
        {
            var values = @enum.Values.Select(value => (value.Name, Comment: comments.Of(value))).ToList();
            var listed = string.Concat(values.Where(value => value.Comment.Length > 0).Select(value => $"\n- `{value.Name}`: {value.Comment}"));
            var schema = Described("string", comments.Of(@enum) + listed);
            schema["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value.Name)]);
            schemas[@enum.FullName] = schema;
        }

        return ReferenceTo(@enum.FullName);
    }

    private static JsonObject ReferenceTo(string fullName) => new() { ["$ref"] = $"#/components/schemas/{fullName}" };

    private static JsonObject Described(string type, string comment)
    {
        var schema = Type(type);
        if (comment.Length > 0)
        {
            schema["description"] = comment;
        }

        return schema;
    }

    private static JsonObject Type(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }
}
