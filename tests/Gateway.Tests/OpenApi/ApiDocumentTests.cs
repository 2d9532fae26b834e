using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Google.Api;
using Google.Protobuf.Reflection;

using KpGrpc.Gateway.OpenApi;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Partner.V1;

namespace KpGrpc.Gateway.Tests.OpenApi;

public sealed partial class ApiDocumentTests
{
    private static readonly ServiceDescriptor[] Services = [LearnerService.Descriptor, PartnerService.Descriptor];
    private static readonly JsonObject Document = ApiDocument.Create(Services, ContractComments.Read(typeof(LearnerService)));

    private static IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from verb in path.Value!.AsObject()
        select (path.Key, verb.Key, verb.Value!);

    [Fact]
    public void Create_CompiledContract_HoldsEveryAnnotatedRouteAndNoOther()
    {
        // Every service of the contract, not only those that the document is made of.
        var annotated = typeof(LearnerService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .Select(method => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http))
            .OfType<HttpRule>()
            .SelectMany(rule => rule.AdditionalBindings.Prepend(rule))
            .Select(rule => rule.PatternCase == HttpRule.PatternOneofCase.Get ? $"get {rule.Get}" : $"post {rule.Post}")
            .ToList();

        Assert.True(annotated.Count > 20);
        Assert.Equal(annotated.Order(), Operations.Select(entry => $"{entry.Verb} {entry.Path}").Order());
    }

    [Fact]
    public void Create_CompiledContract_KeepsTheRulesOfOpenApi()
    {
        Assert.Matches(@"^3\.0\.\d+$", Document["openapi"]!.GetValue<string>());
        Assert.All((string[])["title", "version"], name => Assert.NotEmpty(Document["info"]![name]!.GetValue<string>()));
        Assert.All(Document["components"]!["schemas"]!.AsObject(), schema => Assert.Matches(@"^[a-zA-Z0-9._-]+$", schema.Key));
        Assert.Distinct(Operations.Select(entry => entry.Operation["operationId"]!.GetValue<string>()));
        Assert.All(Operations, entry => CheckOperation(entry.Path, entry.Verb, entry.Operation));
    }

    [Fact]
    public void Create_CompiledContract_RefersOnlyToSchemasThatAreThere()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        var named = AllNodes(Document).OfType<JsonObject>().Select(node => node["$ref"]?.GetValue<string>()).OfType<string>().Distinct().ToList();

        Assert.All(named, reference => Assert.True(reference.StartsWith("#/components/schemas/", StringComparison.Ordinal) && schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference));
        Assert.Equal(schemas.Select(schema => schema.Key).Order(), named.Select(reference => reference["#/components/schemas/".Length..]).Order());
    }

    [Fact]
    public void Create_EverySchema_HasAKnownTypeAndOnlyThat()
    {
        var types = AllNodes(Document["components"]!["schemas"]!).OfType<JsonObject>()
            .Select(node => node["type"] is JsonValue type ? type.GetValue<string>() : null).OfType<string>().Distinct();

        Assert.Subset(new HashSet<string>(["object", "array", "string", "integer", "number", "boolean"]), types.ToHashSet());
        Assert.All(AllNodes(Document).OfType<JsonObject>().Where(node => node.ContainsKey("$ref")), node => Assert.Single(node));
        Assert.All(AllNodes(Document).OfType<JsonObject>().Where(node => node["type"] is JsonValue type && type.GetValue<string>() == "array"), node => Assert.NotNull(node["items"]));
    }

    [Fact]
    public void Create_GetWallet_IsTheGoldenOne()
    {
        const string golden = """
            {
              "operationId": "LearnerService_GetWallet",
              "tags": ["kp.learner.v1.LearnerService"],
              "summary": "Gives the wallet's balances",
              "description": "Gives the wallet's balances. Order: currency code ascending. Errors: INVALID_ARGUMENT; UNAVAILABLE when the ledger is away.",
              "x-served": true,
              "parameters": [
                { "name": "learner_id", "in": "path", "required": true, "description": "Learner, 1 to 128 characters. Required.", "schema": { "type": "string" } }
              ],
              "responses": {
                "200": { "description": "The answer.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/kp.learner.v1.GetWalletResponse" } } } },
                "default": {
                  "description": "An error: its HTTP status goes with the gRPC status in the body.",
                  "content": { "application/json": { "schema": { "$ref": "#/components/schemas/google.rpc.Status" } } }
                }
              }
            }
            """;

        var operation = Document["paths"]!["/v1/learners/{learner_id}/wallet"]!["get"];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), operation), operation!.ToJsonString());
    }

    [Fact]
    public void Create_Money_HasFieldsWithTheirJsonNamesTypesAndComments()
    {
        var money = Document["components"]!["schemas"]!["kp.type.v1.Money"]!;
        Assert.StartsWith("An exact amount of one currency", money["description"]!.GetValue<string>(), StringComparison.Ordinal);
        var amount = money["properties"]!["minorUnits"]!;
        Assert.Equal(("string", "int64"), (amount["type"]!.GetValue<string>(), amount["format"]!.GetValue<string>()));
        Assert.Contains("minor units", amount["description"]!.GetValue<string>(), StringComparison.Ordinal);
        var outcome = Document["components"]!["schemas"]!["kp.learner.v1.Outcome"]!;
        Assert.Contains("OUTCOME_UNKNOWN", outcome["enum"]!.AsArray().Select(value => value!.GetValue<string>()));
        Assert.Contains("`OUTCOME_COMPLETED`: Done", outcome["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FieldsOfTheRequest_StandInExactlyOnePlace()
    {
        var bySequence = Names("/v1/learners/{learner_id}/receipts/{sequence}", "get");
        var byKey = Names("/v1/learners/{learner_id}/receipts", "get");
        var refund = Names("/v1/learners/{learner_id}/purchases/{purchase_id}:refund", "post");

        Assert.Equal(["learner_id", "sequence", "ledgerId"], bySequence);
        Assert.Equal(["learner_id", "ledgerId", "idempotencyKey", "sequence"], byKey);
        Assert.Equal(["learner_id", "purchase_id"], refund);

        IEnumerable<string> Names(string path, string verb) =>
            Document["paths"]![path]![verb]!["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Render_Document_ListsEveryRouteAndTypeAsText()
    {
        var page = System.Text.Encoding.UTF8.GetString(DocsPage.Render(Document));

        Assert.All(Operations, entry => Assert.Contains(System.Net.WebUtility.HtmlEncode(entry.Path), page, StringComparison.Ordinal));
        Assert.All(Document["components"]!["schemas"]!.AsObject(), schema => Assert.Contains($"<article id=\"{schema.Key}\">", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(LinkTarget().Matches(page).Select(match => match.Groups[1].Value), target => Assert.Contains($"id=\"{target}\"", page, StringComparison.Ordinal));
    }

    private static void CheckOperation(string path, string verb, JsonNode operation)
    {
        Assert.Contains(verb, (string[])["get", "put", "post", "delete", "patch"]);
        var parameters = operation["parameters"]!.AsArray().Select(parameter => parameter!).ToList();
        var inPath = parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "path").ToList();
        Assert.Equal(Variable().Matches(path).Select(match => match.Groups[1].Value).Order(), inPath.Select(parameter => parameter["name"]!.GetValue<string>()).Order());
        Assert.All(inPath, parameter => Assert.True(parameter["required"]!.GetValue<bool>()));
        Assert.Distinct(parameters.Select(parameter => $"{parameter["in"]} {parameter["name"]}"));
        Assert.All(parameters, parameter => Assert.NotNull(parameter["schema"]));
        Assert.True(verb != "get" || operation["requestBody"] is null, $"{path}: a GET has no body");
        Assert.NotNull(operation["responses"]!["200"]!["description"]);
        Assert.NotEmpty(operation["description"]!.GetValue<string>());
    }

    private static IEnumerable<JsonNode> AllNodes(JsonNode node) => node switch
    {
        JsonObject @object => @object.Select(member => member.Value).OfType<JsonNode>().SelectMany(AllNodes).Prepend(node),
        JsonArray array => array.OfType<JsonNode>().SelectMany(AllNodes).Prepend(node),
        _ => [node],
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex LinkTarget();
}
