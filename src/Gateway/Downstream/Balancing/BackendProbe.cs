using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>Asks a server whether it is well, by the gRPC health protocol.</summary>
internal sealed class BackendProbe(IOptions<ResilienceOptions> options, TimeProvider time)
{
    public async Task<bool> IsWellAsync(Backend backend, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(backend.Uri, new GrpcChannelOptions { HttpHandler = new Connections(backend.Invoker) });
        var deadline = time.GetUtcNow().UtcDateTime + options.Value.ProbeTimeout;
        try
        {
            var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException exception)
        {
            // Who does not know the protocol is there all the same.
            return exception.StatusCode == StatusCode.Unimplemented;
        }
    }

    /// <summary>The connections of the server, which stay when the channel goes.</summary>
    private sealed class Connections(HttpMessageInvoker invoker) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
