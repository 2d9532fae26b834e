using Grpc.Core;

using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Recommendation.V1;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream;

/// <summary>Adds typed clients of the two servers behind the Gateway, and the way through for everything else.</summary>
internal static class DownstreamExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddDownstream(this IServiceCollection services)
    {
        services.AddSingleton<DeadlineInterceptor>();
        services.AddClient<CatalogService.CatalogServiceClient>(Destination.Inference);
        services.AddClient<RecommendationService.RecommendationServiceClient>(Destination.Inference);
        services.AddClient<ProfileService.ProfileServiceClient>(Destination.Inference);
        services.AddClient<EventService.EventServiceClient>(Destination.Inference);
        services.AddClient<LedgerService.LedgerServiceClient>(Destination.Ledger);
        services.AddClient<CopyrightService.CopyrightServiceClient>(Destination.Ledger);
        services.AddClient<PaymentService.PaymentServiceClient>(Destination.Ledger);
        services.AddHttpForwarder();
        services.AddSingleton<Passthrough>();
        return services;
    }

    /// <summary>The address of a server behind the Gateway.</summary>
    public static string AddressOf(this GatewayOptions options, Destination destination) => destination switch
    {
        Destination.Inference => options.InferenceAddress,
        Destination.Ledger => options.LedgerAddress,
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, "the Gateway does not call itself"),
    };

    /// <summary>One pool of HTTP/2 connections; pings find a peer that is gone without a word.</summary>
    public static SocketsHttpHandler Connections() => new()
    {
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = ConnectTimeout,
        KeepAlivePingDelay = TimeSpan.FromSeconds(15),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    private static void AddClient<TClient>(this IServiceCollection services, Destination destination)
        where TClient : ClientBase =>
        services.AddGrpcClient<TClient>((provider, client) =>
                client.Address = new Uri(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.AddressOf(destination)))
            .ConfigurePrimaryHttpMessageHandler(Connections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureChannel(channel => channel.ServiceConfig = ReadRetries.Config)
            // Background work has no caller whose deadline it could take over.
            .EnableCallContextPropagation(propagation => propagation.SuppressContextNotFoundErrors = true)
            .AddInterceptor<DeadlineInterceptor>();
}
