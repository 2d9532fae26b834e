using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>Where a server listens and what one connection may cost it. Section <c>Hosting</c>.</summary>
public sealed class HostingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Hosting";

    /// <summary>IP address to listen on. Default 127.0.0.1: a server is not reachable from outside unless told so.</summary>
    [Required]
    [RegularExpression(@"[0-9a-fA-F\.:]{2,45}", ErrorMessage = "Hosting:Address must be an IPv4 or IPv6 address, such as 127.0.0.1 or 0.0.0.0")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port of gRPC over cleartext HTTP/2. Range 0 to 65535; 0 takes any free port. Each server states its own default.</summary>
    [Range(0, 65_535)]
    public int GrpcPort { get; set; }

    /// <summary>Port of HTTP/1.1: metrics, health and, on the Gateway, grpc-web and JSON. Range 0 to 65535; 0 takes any free port.</summary>
    [Range(0, 65_535)]
    public int HttpPort { get; set; }

    /// <summary>Largest message a client may send, in bytes. Range 1 KiB to 64 MiB, default 4 MiB. Larger ones get RESOURCE_EXHAUSTED.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int MessageBytesMax { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>Open connections at a time. Range 1 to 1,000,000, default 10,000. Further ones are refused.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 10_000;

    /// <summary>Concurrent calls on one HTTP/2 connection. Range 1 to 10,000, default 1,000. Further ones wait in the client.</summary>
    [Range(1, 10_000)]
    public int StreamsPerConnectionMax { get; set; } = 1_000;

    /// <summary>Deadline given to a unary call that came without one. Range 1 s to 10 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DeadlineDefault { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the server goes on serving after SIGTERM while it already reports itself as not ready, so that load
    /// balancers stop sending. Range 0 to 5 min, default 0 (no balancer in front).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long calls in flight may take to end after the drain delay, before they are cut. Range 1 s to 10 min, default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Source-generated check of <see cref="HostingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;
