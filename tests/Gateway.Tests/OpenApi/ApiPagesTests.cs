using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using KpGrpc.Gateway.Tests.Fakes;

namespace KpGrpc.Gateway.Tests.OpenApi;

public sealed class ApiPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_DocumentAndPage_AreServedAndSpeakOfTheSameRoutes()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };

        var document = (await http.GetFromJsonAsync<JsonObject>("/openapi.json", Cancel))!;
        var page = await http.GetStringAsync(new Uri("/docs", UriKind.Relative), Cancel);
        using var style = await http.GetAsync(new Uri("/docs/style.css", UriKind.Relative), Cancel);

        Assert.Contains("/v1/learners/{learner_id}/home", page, StringComparison.Ordinal);
        Assert.All(document["paths"]!.AsObject(), path => Assert.Contains(path.Key, page, StringComparison.Ordinal));
        Assert.Equal("text/css", style.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Get_EveryRouteThatIsSaidToBeUnserved_AnswersNotImplementedAndNoOther()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        var document = (await http.GetFromJsonAsync<JsonObject>("/openapi.json", Cancel))!;

        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in verbs!.AsObject())
            {
                var concrete = path.Replace("{sequence}", "0", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(verb.ToUpperInvariant()), concrete);
                if (operation!["requestBody"] is not null)
                {
                    request.Content = JsonContent.Create(new { });
                }

                using var answer = await http.SendAsync(request, Cancel);
                Assert.True(operation["x-served"]!.GetValue<bool>() == (answer.StatusCode != HttpStatusCode.NotImplemented), $"{verb} {path} answered {answer.StatusCode}");
            }
        }
    }
}
