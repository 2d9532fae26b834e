using System.Net;

using KpGrpc.Gateway.Downstream.Balancing;
using KpGrpc.Gateway.Services.Access;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;

using Yarp.ReverseProxy.Forwarder;

namespace KpGrpc.Gateway.Downstream;

/// <summary>
/// Hands calls of the services that the Gateway does not serve itself to the server that does, message by message and
/// undecoded, statuses and trailers included. Who creates it disposes it.
/// </summary>
internal sealed class Passthrough : IDisposable
{
    private const string TextContentType = "application/grpc-web-text";
    // Compressed flag and length in front of each message.
    private const int FrameHeaderBytes = 5;

    private static readonly object TextKey = new();
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IHttpForwarder forwarder;
    private readonly int bodyBytesMax;
    private readonly Dictionary<Destination, HttpMessageInvoker> invokers;
    private readonly BackendPools pools;
    private readonly ForwarderRequestConfig config;

    public Passthrough(IHttpForwarder forwarder, IServiceProvider services, BackendPools pools, IOptions<GatewayOptions> options, IOptions<HostingOptions> hosting)
    {
        bodyBytesMax = hosting.Value.MessageBytesMax + FrameHeaderBytes;
        this.forwarder = forwarder;
        this.pools = pools;
        invokers = pools.All.ToDictionary(pool => pool.Destination, pool => new HttpMessageInvoker(services.Handler(pool.Destination)));
        config = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version20,
            // Cleartext HTTP/2 has no negotiation: say it or get HTTP/1.1.
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = options.Value.PassthroughIdleMax,
        };
    }

    /// <summary>Notes which calls are grpc-web text. Goes in front of the grpc-web middleware, which makes them look like all others.</summary>
    public static void NoteText(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentType?.StartsWith(TextContentType, StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Items[TextKey] = true;
        }

        return next(context);
    });

    /// <summary>Maps every service of the contract that is served elsewhere.</summary>
    public static void Map(WebApplication app)
    {
        var passthrough = app.Services.GetRequiredService<Passthrough>();
        foreach (var (service, destination) in Contract.Services.Where(entry => entry.Destination != Destination.Gateway))
        {
            app.MapPost($"/{service.FullName}/{{method}}", context => passthrough.ForwardAsync(context, destination));
        }
    }

    public void Dispose()
    {
        foreach (var invoker in invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private async Task ForwardAsync(HttpContext context, Destination destination)
    {
        if (context.Items.ContainsKey(TextKey) && !await TakeDecodedBodyAsync(context))
        {
            StatusAnswer.WriteGrpc(context.Response, RichErrors.ResourceExhausted($"a message may have {bodyBytesMax} bytes", RetryAfter));
            return;
        }

        if (pools.Of(destination).IsOpen)
        {
            StatusAnswer.WriteGrpc(context.Response, RichErrors.Unavailable($"the {destination} server is away; try again", RetryAfter));
            return;
        }

        var address = DownstreamExtensions.AddressOf(destination).AbsoluteUri;
        var error = await forwarder.SendAsync(context, address, invokers[destination], config, HttpTransformer.Default, context.RequestAborted);
        if (error != ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            StatusAnswer.WriteGrpc(context.Response, RichErrors.Unavailable($"the {destination} server is away; try again", RetryAfter));
        }
    }

    // The grpc-web middleware decodes base64 in the body's pipe and encodes in the response's writer, while a forwarder
    // copies the streams beside them. A grpc-web request is one message, so it is read whole before it goes on.
    private async Task<bool> TakeDecodedBodyAsync(HttpContext context)
    {
        var decoded = new MemoryStream();
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var part in read.Buffer)
            {
                await decoded.WriteAsync(part, context.RequestAborted);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (decoded.Length > bodyBytesMax)
            {
                return false;
            }

            if (read.IsCompleted)
            {
                break;
            }
        }

        decoded.Position = 0;
        context.Request.ContentLength = null;
        context.Request.Body = decoded;
        context.Response.Body = new PipeBodyStream(context.Response.BodyWriter);
        return true;
    }
}
