using System.Text.Json.Nodes;

using Google.Protobuf.Reflection;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>Makes the OpenAPI 3 document of the JSON routes out of the compiled contract, so that it can't say anything else.</summary>
internal sealed class ApiDocument
{
    private const string Version = "3.0.3";
    private const string Json = "application/json";

    private readonly ContractComments comments;
    private readonly SchemaBook schemas;

    private ApiDocument(ContractComments comments)
    {
        this.comments = comments;
        schemas = new SchemaBook(comments);
    }

    /// <summary>The document of services whose JSON routes this process answers.</summary>
    public static JsonObject Create(IReadOnlyList<ServiceDescriptor> services, ContractComments comments) => new ApiDocument(comments).Create(services);

    private JsonObject Create(IReadOnlyList<ServiceDescriptor> services)
    {
        var routes = services.SelectMany(HttpRoute.Of).ToList();
        var paths = new JsonObject(routes.GroupBy(route => route.Path).Select(path => KeyValuePair.Create(
            path.Key,
            (JsonNode?)new JsonObject(path.Select(route => KeyValuePair.Create(route.Verb, (JsonNode?)Operation(route)))))));
        var components = schemas.ToJson();
        components[WellKnownSchemas.Status] = WellKnownSchemas.StatusSchema();
        return new JsonObject
        {
            ["openapi"] = Version,
            ["info"] = new JsonObject
            {
                ["title"] = "KpGrpc Gateway",
                ["version"] = typeof(ApiDocument).Assembly.GetName().Version?.ToString(3) ?? "0",
                ["description"] = "The Gateway's JSON routes, made from the contract in protos/. The same methods answer over gRPC and grpc-web. A write carries an idempotency key: repeat it with the same key when its outcome is unknown.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. routes.Select(route => route.Method.Service.FullName).Distinct().Select(name => new JsonObject { ["name"] = name })]),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = components },
        };
    }

    private JsonObject Operation(HttpRoute route)
    {
        var method = route.Method;
        var comment = comments.Of(method);
        var served = ServedMethods.Contains(method);
        var operation = new JsonObject
        {
            ["operationId"] = $"{method.Service.Name}_{method.Name}{(route.Number == 0 ? string.Empty : $"_{route.Number + 1}")}",
            ["tags"] = new JsonArray(method.Service.FullName),
            ["summary"] = FirstSentence(comment, method.Name),
            ["description"] = served ? comment : $"{comment} Not served by this release: it answers 501 with UNIMPLEMENTED.".TrimStart(),
            ["x-served"] = served,
            ["parameters"] = new JsonArray([.. PathParameters(route), .. QueryParameters.Of(route, schemas)]),
        };
        if (route.Body.Length > 0)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(BodySchema(route)) };
        }

        operation["responses"] = Responses(method);
        return operation;
    }

    private IEnumerable<JsonObject> PathParameters(HttpRoute route)
    {
        foreach (var variable in route.Variables)
        {
            var field = FieldOf(route.Method.InputType, variable);
            var schema = schemas.Of(field);
            schema.Remove("description");
            yield return new JsonObject { ["name"] = variable, ["in"] = "path", ["required"] = true, ["description"] = comments.Of(field), ["schema"] = schema };
        }
    }

    // With a body of "*" the fields of the path may stand in the body too; the path wins.
    private JsonObject BodySchema(HttpRoute route) =>
        route.Body == "*" ? schemas.Of(route.Method.InputType) : schemas.Of(FieldOf(route.Method.InputType, route.Body));

    private JsonObject Responses(MethodDescriptor method)
    {
        var answer = method.IsServerStreaming ? "The answers as they come, one JSON object a line." : "The answer.";
        return new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = answer, ["content"] = Content(schemas.Of(method.OutputType)) },
            ["default"] = new JsonObject
            {
                ["description"] = "An error: its HTTP status goes with the gRPC status in the body.",
                ["content"] = Content(new JsonObject { ["$ref"] = $"#/components/schemas/{WellKnownSchemas.Status}" }),
            },
        };
    }

    private static JsonObject Content(JsonObject schema) => new() { [Json] = new JsonObject { ["schema"] = schema } };

    private static FieldDescriptor FieldOf(MessageDescriptor message, string path)
    {
        var names = path.Split('.');
        var owner = names.SkipLast(1).Aggregate(message, (current, name) => current.FindFieldByName(name).MessageType);
        return owner.FindFieldByName(names[^1]);
    }

    private static string FirstSentence(string comment, string otherwise)
    {
        var end = comment.IndexOf(". ", StringComparison.Ordinal);
        return comment.Length == 0 ? otherwise : end < 0 ? comment.TrimEnd('.') : comment[..end];
    }
}
