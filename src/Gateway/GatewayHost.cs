using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Recording;
using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services;
using KpGrpc.Gateway.Services.Access;
using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Gateway.WebConsole;
using KpGrpc.ServiceDefaults;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway;

/// <summary>Composes the Gateway.</summary>
public static class GatewayHost
{
    private const int GrpcPort = 5081;
    private const int HttpPort = 5080;

    /// <summary>Builds the Gateway, in the order in which a call flows through it.</summary>
    /// <param name="args">Settings from the command line, such as <c>--Gateway:LedgerAddress=http://127.0.0.1:5281</c>.</param>
    /// <param name="configure">Runs last on the builder; for tests.</param>
    /// <returns>The Gateway, not started yet.</returns>
    /// <exception cref="StartupException">A setting or file is wrong in a way that the operator can mend.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("kp-gateway", GrpcPort, HttpPort);
        builder.Services
            .AddGatewayOptions()
            .AddSecurity()
            .AddIdentity()
            .AddLimits()
            .AddAuditing()
            .AddFacades()
            .AddContractReflection()
            .AddCaching()
            .AddRecording()
            .AddDownstream()
            .AddConsole()
            .AddSingleton<GatewayMetrics>();
        // One line a call to another server is noise: traces and metrics have them.
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc.Net.Client", LogLevel.Critical);
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
        // A caller's malformed JSON is the caller's to hear of; the framework's line would hold what was sent.
        builder.Logging.AddFilter("Grpc.AspNetCore.Grpc.JsonTranscoding", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Grpc.JsonTranscoding", LogLevel.Critical);
        configure?.Invoke(builder);
        return Map(builder.BuildValidated());
    }

    private static WebApplication Map(WebApplication app)
    {
        app.CheckIdentity();
        // What has to be read from disk fails here, as one line, and not in the first learner's call.
        app.Services.GetRequiredService<Pseudonyms>();
        app.Services.GetRequiredService<LedgerKeys>();

        ResponseHeaders.Use(app);
        Passthrough.NoteText(app);
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.MapServiceDefaults();
        app.UseCors();
        app.UseIdentity();
        app.UseLimitsAndAudit();
        app.MapFacades();
        Passthrough.Map(app);
        app.MapConsole();
        return app;
    }

    private static IServiceCollection AddGatewayOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GatewayOptions, GatewayOptionsValidator>().BindConfiguration(GatewayOptions.SectionName);
        services.AddOptionsWithValidateOnStart<LedgerOptions, LedgerOptionsValidator>().BindConfiguration(GatewayOptions.SectionName);
        services.AddOptionsWithValidateOnStart<CacheOptions, CacheOptionsValidator>().BindConfiguration(CacheOptions.SectionName);
        return services;
    }

    private static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Pseudonyms(PseudonymKey.Read(
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.PseudonymKeyPath,
            create: provider.GetRequiredService<IHostEnvironment>().IsDevelopment())));
        services.AddSingleton<IConfigureOptions<CorsOptions>, CorsSetup>();
        services.AddCors();
        return services;
    }

    private static IServiceCollection AddRecording(this IServiceCollection services) => services
        .AddSingleton<EventRecorder>()
        .AddSingleton<PurchaseRecording>()
        .AddHostedService(provider => provider.GetRequiredService<PurchaseRecording>());
}
