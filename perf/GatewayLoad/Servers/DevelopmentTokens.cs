using System.Net;
using System.Text.Json.Serialization;
using Grpc.Core;

namespace KpGrpc.GatewayLoad.Servers;

/// <summary>Tokens of the Gateway's development issuer; none where it has no such issuer.</summary>
internal sealed class DevelopmentTokens(GatewayStack stack)
{
    private readonly Dictionary<string, string?> tokens = [];

    /// <summary>The header of a learner's calls.</summary>
    public Task<Metadata> HeadersAsync(string learnerId, CancellationToken cancellationToken) => HeadersAsync(learnerId, "learner", cancellationToken);

    /// <summary>The header of somebody's calls.</summary>
    public async Task<Metadata> HeadersAsync(string subject, string role, CancellationToken cancellationToken)
    {
        if (!tokens.TryGetValue(subject, out var token))
        {
            tokens[subject] = token = await AskAsync(subject, role, cancellationToken);
        }

        return token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };
    }

    private async Task<string?> AskAsync(string subject, string role, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = stack.Gateway.Http };
        using var answer = await http.PostAsJsonAsync("/dev/token", new { subject, roles = new[] { role } }, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Answer>(cancellationToken))?.AccessToken;
    }

    private sealed record Answer([property: JsonPropertyName("access_token")] string AccessToken);
}
