using KpGrpc.InferenceServer.Services;
using KpGrpc.ServiceDefaults;

namespace KpGrpc.InferenceServer.Hosting;

/// <summary>The production composition: the whole server in one screen.</summary>
internal static class InferenceServerApp
{
    /// <summary>Default port of gRPC.</summary>
    public const int GrpcPort = 5181;

    private const int HttpPort = 5180;

    /// <summary>Builds the server.</summary>
    /// <param name="args">Settings, such as <c>--Hosting:GrpcPort=5181</c>.</param>
    /// <param name="configure">Runs last on the builder; null in production.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("kp-inference", GrpcPort, HttpPort);
        builder.Services.AddInferenceServer();
        configure?.Invoke(builder);

        var app = builder.BuildValidated();
        app.MapServiceDefaults();
        app.MapGrpcService<EventGrpcService>();
        app.MapGrpcService<CatalogGrpcService>();
        app.MapGrpcService<ProfileGrpcService>();
        app.MapGrpcService<RecommendationGrpcService>();
        app.MapGrpcService<ModelGrpcService>();
        app.MapGrpcService<OpenInferenceGrpcService>();
        app.MapGrpcService<KnowledgeGrpcService>();
        app.MapGrpcService<StrategyGrpcService>();
        return app;
    }
}
