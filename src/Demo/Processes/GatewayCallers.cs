using System.Net.Http.Json;
using System.Text.Json;

using Grpc.Core;
using Grpc.Net.Client;

namespace KpGrpc.Demo.Processes;

/// <summary>
/// Channels to the Gateway, one for each caller, with a token that its development issuer gives for the asking and that
/// outlives the demo. Who creates it disposes it.
/// </summary>
internal sealed class GatewayCallers(ServerAddresses addresses) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = addresses.GatewayHttp, Timeout = TimeSpan.FromSeconds(10) };
    private readonly Dictionary<(string Subject, string Role), GrpcChannel> channels = [];

    /// <summary>A channel whose calls carry a caller's token. Not for several threads at once.</summary>
    /// <param name="subject">The caller's name; a learner's own id.</param>
    /// <param name="role">The one role that she has.</param>
    public GrpcChannel As(string subject, string role)
    {
        if (!channels.TryGetValue((subject, role), out var channel))
        {
            var token = new Lazy<Task<string>>(() => AskAsync(subject, role));
            var credentials = CallCredentials.FromInterceptor(async (_, metadata) => metadata.Add("authorization", $"Bearer {await token.Value}"));
            channels[(subject, role)] = channel = GrpcChannel.ForAddress(addresses.GatewayGrpc, new GrpcChannelOptions
            {
                Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, credentials),
                // All on this machine.
                UnsafeUseInsecureChannelCallCredentials = true,
            });
        }

        return channel;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }

        http.Dispose();
    }

    private async Task<string> AskAsync(string subject, string role)
    {
        using var answer = await http.PostAsJsonAsync("dev/token", new { subject, roles = new[] { role } });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
