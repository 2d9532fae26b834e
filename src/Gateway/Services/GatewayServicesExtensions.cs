using Google.Protobuf.Reflection;
using Google.Rpc;

using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Services.Home;
using KpGrpc.Gateway.Services.Library;
using KpGrpc.Gateway.Services.Profiles;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Gateway.Services.Receipts;

using AlphaReflection = Grpc.Reflection.V1Alpha.ServerReflection;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.Services;

/// <summary>Adds the façades and what they are made of.</summary>
internal static class GatewayServicesExtensions
{
    public static IServiceCollection AddFacades(this IServiceCollection services)
    {
        // The rest of that service passes through: unknown methods of it are not ours to refuse.
        services.AddGrpc().AddServiceOptions<ErasureGrpcService>(service => service.IgnoreUnknownServices = true).AddJsonTranscoding(json =>
        {
            json.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);
            // The proto3 JSON mapping: JavaScript cannot hold an int64, and these are amounts of money.
            json.JsonSettings.WriteInt64sAsStrings = true;
        });
        services.AddSingleton<WorkLookup>();
        services.AddSingleton<OwnedWorks>();
        services.AddSingleton<SearchReader>().AddSingleton<SearchCache>();
        services.AddSingleton<FreshFeed>();
        services.AddSingleton<PopularFeeds>();
        services.AddHostedService(provider => provider.GetRequiredService<PopularFeeds>());
        services.AddSingleton<HomeReader>();
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<LedgerKeys>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<Offers>();
        services.AddSingleton<Wallets>();
        services.AddSingleton<PurchaseFlow>();
        services.AddSingleton<TopUpFlow>();
        services.AddSingleton<LogKey>();
        services.AddSingleton<ReceiptTranslation>();
        services.AddSingleton<ReceiptReader>();
        services.AddSingleton<LibraryReader>();
        return services;
    }

    /// <summary>Lets reflection list every service that answers at this door, not only those that this process implements.</summary>
    public static IServiceCollection AddContractReflection(this IServiceCollection services)
    {
        ServiceDescriptor[] all =
        [
            .. Contract.Services.Select(entry => entry.Service),
            Health.Descriptor,
            ServerReflection.Descriptor,
            AlphaReflection.Descriptor,
        ];
        services.AddSingleton(new ReflectionServiceImpl(all));
        services.AddSingleton(new ReflectionV1ServiceImpl(all));
        return services;
    }

    public static WebApplication MapFacades(this WebApplication app)
    {
        app.MapGrpcService<LearnerGrpcService>();
        app.MapGrpcService<PartnerGrpcService>();
        app.MapGrpcService<EventGrpcService>();
        app.MapGrpcService<ErasureGrpcService>();
        // In front of the learner's door, which has the same method for JSON.
        app.MapGrpcService<ProfileBytesGrpcService>().Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = -1);
        return app;
    }
}
