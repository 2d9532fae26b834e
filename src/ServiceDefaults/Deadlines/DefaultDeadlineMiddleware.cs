using System.Globalization;

using Grpc.AspNetCore.Server;
using Grpc.Core;

using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Deadlines;

/// <summary>
/// Gives a unary call that came without a deadline <see cref="HostingOptions.DeadlineDefault"/>, so that no call can
/// hold its place for ever. Streams are exempt: a subscription has no natural end.
/// </summary>
/// <remarks>The gRPC framework enforces the <c>grpc-timeout</c> header itself, with DEADLINE_EXCEEDED and cancellation.</remarks>
internal sealed class DefaultDeadlineMiddleware(RequestDelegate next, IOptions<HostingOptions> hosting)
{
    private const string TimeoutHeader = "grpc-timeout";

    // The protocol allows at most eight digits before the unit.
    private readonly string timeout =
        ((long)hosting.Value.DeadlineDefault.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "m";

    public Task InvokeAsync(HttpContext context)
    {
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>();
        if (method?.Method.Type == MethodType.Unary && !context.Request.Headers.ContainsKey(TimeoutHeader))
        {
            context.Request.Headers[TimeoutHeader] = timeout;
        }

        return next(context);
    }
}
