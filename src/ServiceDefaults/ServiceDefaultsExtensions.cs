using KpGrpc.ServiceDefaults.Deadlines;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Telemetry;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults;

/// <summary>The hosting that all servers share: ports and limits, telemetry, errors, deadlines, health, reflection, drain.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the shared hosting. Call it first: the parts of a server start and stop inside it.</summary>
    /// <param name="builder">The application under construction.</param>
    /// <param name="serviceName">Name in traces, metrics and logs, such as <c>kp-ledger</c>.</param>
    /// <param name="grpcPort">Default of <see cref="HostingOptions.GrpcPort"/>.</param>
    /// <param name="httpPort">Default of <see cref="HostingOptions.HttpPort"/>.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static WebApplicationBuilder AddServiceDefaults(
        this WebApplicationBuilder builder, string serviceName, int grpcPort, int httpPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        AddHosting(builder, grpcPort, httpPort);
        TelemetrySetup.Add(builder, serviceName);
        AddGrpc(builder.Services);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddGrpcHealthChecks(health =>
                health.Services.Map(string.Empty, check => check.Tags.Contains(Readiness.Tag)))
            .AddCheck<Readiness>("process", tags: [Readiness.Tag]);
        builder.Services.AddHostedService<DrainService>();
        return builder;
    }

    /// <summary>
    /// Builds the application and checks every options class at once, before anything reads one: an operator hears of
    /// all faults together, and a composition may use what it has bound.
    /// </summary>
    /// <param name="builder">The complete builder.</param>
    /// <returns>The application, its options valid.</returns>
    /// <exception cref="OptionsValidationException">A value is out of its range. Several: an <see cref="AggregateException"/> of these.</exception>
    public static WebApplication BuildValidated(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return app;
    }

    /// <summary>Maps health, metrics and reflection, and puts the shared middleware in front. Call it before mapping services.</summary>
    /// <param name="app">The built application.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRouting();
        app.UseMiddleware<GrpcBodyMiddleware>();
        app.UseMiddleware<DefaultDeadlineMiddleware>();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Readiness.Tag) });
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }

    private static void AddHosting(WebApplicationBuilder builder, int grpcPort, int httpPort)
    {
        // Both ports come from our options alone: ASPNETCORE_URLS would silently add a third, without limits.
        builder.WebHost.UseSetting(Microsoft.AspNetCore.Hosting.WebHostDefaults.ServerUrlsKey, string.Empty);
        builder.Services.AddOptionsWithValidateOnStart<HostingOptions, HostingOptionsValidator>()
            .Configure(options => (options.GrpcPort, options.HttpPort) = (grpcPort, httpPort))
            .BindConfiguration(HostingOptions.SectionName);
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<HostingOptions>>(SetShutdownTimeout);
    }

    private static void SetShutdownTimeout(HostOptions host, IOptions<HostingOptions> hosting)
    {
        if (hosting.TryGetValid(out var valid))
        {
            host.ShutdownTimeout = valid.DrainDelay + valid.DrainTimeout;
        }
    }

    private static void AddGrpc(IServiceCollection services)
    {
        services.AddGrpc(options => options.Interceptors.Add<ErrorInterceptor>());
        services.AddOptions<Grpc.AspNetCore.Server.GrpcServiceOptions>().Configure<IOptions<HostingOptions>>(
            (grpc, hosting) => grpc.MaxReceiveMessageSize = hosting.Value.MessageBytesMax);
        services.AddGrpcReflection();
    }
}
