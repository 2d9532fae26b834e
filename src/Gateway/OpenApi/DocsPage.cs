using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>The OpenAPI document as one HTML page without scripts: every route with its parameters, every type with its fields.</summary>
internal static class DocsPage
{
    private const string SchemaPrefix = "#/components/schemas/";

    /// <summary>The page, UTF-8.</summary>
    public static byte[] Render(JsonObject document)
    {
        var html = new StringBuilder();
        Head(html, document["info"]!);
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(verb => (Path: path.Key, Verb: verb.Key, Operation: verb.Value!)))
            .GroupBy(entry => entry.Operation["tags"]![0]!.GetValue<string>())
            .ToList();
        var schemas = document["components"]!["schemas"]!.AsObject();
        Contents(html, operations.Select(group => group.Key), schemas);
        foreach (var service in operations)
        {
            html.Append($"<section id=\"{Text(service.Key)}\"><h2>{Text(service.Key)}</h2>\n");
            foreach (var (path, verb, operation) in service)
            {
                Operation(html, path, verb, operation);
            }

            html.Append("</section>\n");
        }

        html.Append("<section id=\"types\"><h2>Types</h2>\n");
        foreach (var (name, schema) in schemas)
        {
            Schema(html, name, schema!);
        }

        html.Append("</section>\n</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void Head(StringBuilder html, JsonNode info) => html.Append($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(info["title"])}: JSON routes</title>
        <link rel="icon" href="console/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="docs/style.css">
        </head>
        <body>
        <main>
        <h1>{Text(info["title"])}: JSON routes</h1>
        <p>{Text(info["description"])}</p>
        <p>Version {Text(info["version"])}. For programs: <a href="openapi.json">openapi.json</a>. <a href="./">To the console</a>.</p>

        """);

    private static void Contents(StringBuilder html, IEnumerable<string> services, JsonObject schemas)
    {
        html.Append("<nav aria-label=\"Contents\"><ul>\n");
        foreach (var service in services)
        {
            html.Append($"<li><a href=\"#{Text(service)}\">{Text(service)}</a></li>\n");
        }

        html.Append($"<li><a href=\"#types\">Types</a> ({schemas.Count})</li>\n</ul></nav>\n");
    }

    private static void Operation(StringBuilder html, string path, string verb, JsonNode operation)
    {
        var served = operation["x-served"]!.GetValue<bool>();
        html.Append($"<article id=\"{Text(operation["operationId"])}\"{(served ? "" : " class=\"unserved\"")}>\n");
        html.Append($"<h3><span class=\"verb {verb}\">{verb.ToUpperInvariant()}</span> <code>{Text(path)}</code>{(served ? "" : " <span class=\"note\">not served yet</span>")}</h3>\n");
        html.Append($"<p>{Text(operation["description"])}</p>\n");
        var parameters = operation["parameters"]!.AsArray();
        if (parameters.Count > 0)
        {
            Table(html, "Parameters", parameters.Select(one => ($"{one!["name"]}", TypeOf(one["schema"]!), $"{one["description"]}", $"{one["in"]}")));
        }

        if (operation["requestBody"] is { } body)
        {
            html.Append($"<p>Body: {TypeOf(SchemaOf(body))}</p>\n");
        }

        var answer = operation["responses"]!["200"]!;
        html.Append($"<p>Answer: {TypeOf(SchemaOf(answer))}. {Text(answer["description"])}</p>\n</article>\n");
    }

    private static void Schema(StringBuilder html, string name, JsonNode schema)
    {
        html.Append($"<article id=\"{Text(name)}\">\n<h3><code>{Text(name)}</code></h3>\n");
        if (schema["enum"] is null)
        {
            html.Append($"<p>{Text(schema["description"])}</p>\n");
        }
        else
        {
            Values(html, $"{schema["description"]}", schema["enum"]!.AsArray());
        }

        if (schema["properties"]?.AsObject() is { Count: > 0 } properties)
        {
            Table(html, "Fields", properties.Select(field => (field.Key, TypeOf(field.Value!), $"{field.Value!["description"]}", string.Empty)));
        }

        html.Append("</article>\n");
    }

    // The description of an enum is its comment, then a line a value: - `NAME`: comment
    private static void Values(StringBuilder html, string description, JsonArray values)
    {
        var lines = description.Split("\n- ");
        html.Append($"<p>{Text(lines[0])}</p>\n<dl>\n");
        foreach (var value in values)
        {
            var start = $"`{value}`: ";
            var comment = lines.Skip(1).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
            html.Append($"<dt><code>{Text(value)}</code></dt><dd>{Text(comment)}</dd>\n");
        }

        html.Append("</dl>\n");
    }

    private static void Table(StringBuilder html, string caption, IEnumerable<(string Name, string TypeHtml, string Comment, string Place)> rows)
    {
        html.Append($"<div class=\"scroll\"><table><caption>{caption}</caption><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Type</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n");
        foreach (var (name, type, comment, place) in rows)
        {
            html.Append($"<tr><td><code>{Text(name)}</code>{(place.Length > 0 ? $" <span class=\"note\">{Text(place)}</span>" : "")}</td><td>{type}</td><td>{Text(comment)}</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static JsonNode SchemaOf(JsonNode content) => content["content"]!["application/json"]!["schema"]!;

    // HTML already: names of types are links.
    private static string TypeOf(JsonNode schema)
    {
        var reference = schema["$ref"]?.GetValue<string>() ?? schema["allOf"]?[0]?["$ref"]?.GetValue<string>();
        if (reference is not null)
        {
            var name = reference[SchemaPrefix.Length..];
            return $"<a href=\"#{Text(name)}\">{Text(name[(name.LastIndexOf('.') + 1)..])}</a>";
        }

        return schema["items"] is { } items ? $"list of {TypeOf(items)}"
            : schema["additionalProperties"] is JsonObject values ? $"map of {TypeOf(values)}"
            : Text(schema["format"] is { } format ? $"{schema["type"]} ({format})" : $"{schema["type"] ?? "any value"}");
    }

    private static string Text(JsonNode? node) => Text(node?.ToString());

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);
}
