using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KpGrpc.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs in one shape for all servers.</summary>
internal static class TelemetrySetup
{
    // Every meter and activity source of ours starts with this, so that new ones are collected without a list to keep.
    private const string OwnSources = "KpGrpc.*";

    public static void Add(WebApplicationBuilder builder, string serviceName)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
            });
        }
        else
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }

        // Wrong settings are told once, as one line, by ServerProgram: the host's own stack trace says nothing more.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // DrainService tells of start and stop, with both ports.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Starting and draining are states, not errors; whoever asks for the health is told.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // The error interceptor reports failures with their request id; the framework's own line would double them.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical);

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics => metrics
                .AddMeter(OwnSources)
                .AddAspNetCoreInstrumentation()
                .AddMeter("System.Net.Http") // calls to the servers behind this one, by address
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
            AddTracing(telemetry);
        }
    }

    // Only where somebody takes the traces: to describe each call for nobody costs a tenth of a short one. The trace's id is
    // passed on all the same, by ASP.NET Core and HttpClient themselves.
    private static void AddTracing(OpenTelemetryBuilder telemetry) => telemetry.WithTracing(tracing => tracing
        .AddSource(OwnSources)
        .AddAspNetCoreInstrumentation(options => options.Filter = context =>
            !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            && !context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal))
        .AddGrpcClientInstrumentation()
        .AddOtlpExporter());
}
