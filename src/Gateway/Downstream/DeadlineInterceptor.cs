using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream;

/// <summary>
/// Gives a unary call that has no deadline of its own <see cref="GatewayOptions.DownstreamDeadline"/>. Call context
/// propagation then takes the caller's deadline where that is nearer.
/// </summary>
internal sealed class DeadlineInterceptor(IOptions<GatewayOptions> options, TimeProvider time) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (context.Options.Deadline is null)
        {
            var deadline = time.GetUtcNow().UtcDateTime + options.Value.DownstreamDeadline;
            context = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithDeadline(deadline));
        }

        return continuation(request, context);
    }
}
