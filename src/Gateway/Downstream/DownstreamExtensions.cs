using Grpc.Core;

using KpGrpc.Gateway.Downstream.Balancing;
using KpGrpc.Gateway.Telemetry;
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
        services.AddOptionsWithValidateOnStart<ResilienceOptions, ResilienceOptionsValidator>().BindConfiguration(ResilienceOptions.SectionName);
        services.AddSingleton<BackendPools>();
        services.AddSingleton<BackendProbe>();
        services.AddHostedService<BackendWatch>();
        services.AddHttpForwarder();
        services.AddSingleton<Passthrough>();
        return services;
    }

    /// <summary>A name that stands for all servers of a destination.</summary>
    public static Uri AddressOf(Destination destination) => new($"http://{destination}.kpgrpc");

    /// <summary>What sends calls to the servers of a destination.</summary>
    public static BalancingHandler Handler(this IServiceProvider provider, Destination destination) => new(
        provider.GetRequiredService<BackendPools>().Of(destination),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<GatewayMetrics>());

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
        // The name is never looked up: the handler below puts a server's address in its place.
        services.AddGrpcClient<TClient>(client => client.Address = AddressOf(destination))
            .ConfigurePrimaryHttpMessageHandler(provider => provider.Handler(destination))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureChannel((provider, channel) => channel.ServiceConfig = ReadRetries.Create(provider.GetRequiredService<IOptions<ResilienceOptions>>().Value))
            // Background work has no caller whose deadline it could take over.
            .EnableCallContextPropagation(propagation => propagation.SuppressContextNotFoundErrors = true)
            .AddInterceptor<DeadlineInterceptor>();
}
