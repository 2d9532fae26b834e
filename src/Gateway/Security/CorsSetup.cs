using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security;

/// <summary>Lets the configured web origins call, and lets their scripts see how a gRPC call ended.</summary>
internal sealed class CorsSetup(IOptions<GatewayOptions> options) : IConfigureOptions<CorsOptions>
{
    private const string AnyOrigin = "*";
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    public void Configure(CorsOptions cors) => cors.AddDefaultPolicy(policy =>
    {
        var origins = options.Value.CorsOrigins.ToArray();
        if (origins.Contains(AnyOrigin))
        {
            policy.AllowAnyOrigin();
        }
        else
        {
            policy.WithOrigins(origins);
        }

        policy
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders("content-type", "authorization", "x-grpc-web", "x-user-agent", "grpc-timeout", "grpc-accept-encoding", "traceparent", "tracestate")
            .WithExposedHeaders("grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-encoding", "grpc-accept-encoding")
            .SetPreflightMaxAge(PreflightAge);
    });
}
