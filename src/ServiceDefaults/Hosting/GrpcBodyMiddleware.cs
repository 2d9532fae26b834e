using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// Lifts the bound of a request's body for gRPC, which bounds each message itself: a stream as a whole has no natural
/// length. Every other body, JSON for one, stays within <see cref="HostingOptions.MessageBytesMax"/>.
/// </summary>
internal sealed class GrpcBodyMiddleware(RequestDelegate next)
{
    private const string GrpcContentType = "application/grpc";

    public Task InvokeAsync(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false }
            && context.Request.ContentType?.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase) == true)
        {
            limit.MaxRequestBodySize = null;
        }

        return next(context);
    }
}
