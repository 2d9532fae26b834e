using System.Net;

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>Applies <see cref="HostingOptions"/> to Kestrel: two ports, and a bound on everything a client can ask for.</summary>
internal sealed class KestrelSetup(IOptions<HostingOptions> hosting) : IConfigureOptions<KestrelServerOptions>
{
    // Clients send small headers; a larger block is an attack (a "header bomb") or a mistake.
    private const int HeaderBytesMax = 32 * 1_024;

    public void Configure(KestrelServerOptions options)
    {
        if (!hosting.TryGetValid(out var limits))
        {
            return;
        }

        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = limits.ConnectionsMax;
        options.Limits.MaxConcurrentUpgradedConnections = limits.ConnectionsMax;
        options.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.Http2.MaxRequestHeaderFieldSize = HeaderBytesMax;
        options.Limits.Http2.MaxStreamsPerConnection = limits.StreamsPerConnectionMax;
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        options.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        options.Limits.MaxRequestBodySize = limits.MessageBytesMax;

        var address = IPAddress.Parse(limits.Address);
        options.Listen(address, limits.GrpcPort, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        options.Listen(address, limits.HttpPort, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
