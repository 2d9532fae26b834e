using System.Diagnostics;

using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Logging;

namespace KpGrpc.ServiceDefaults.Errors;

/// <summary>
/// Turns what a method throws into a rich status, the same for all four call kinds. Without it every exception reaches
/// clients as a bare UNKNOWN. Errors that a service made on purpose pass unchanged; a base method that nobody overrode
/// names itself as not implemented; a cancelled call is CANCELLED or DEADLINE_EXCEEDED; all else is INTERNAL with a
/// request id, and the log has the rest.
/// </summary>
internal sealed partial class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case RpcException { StatusCode: StatusCode.Unimplemented } bare when bare.Trailers.Count == 0:
                return RichErrors.Unimplemented(context.Method);
            case RpcException deliberate:
                return deliberate;
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                // Where the deadline is what cancelled it, the framework has answered DEADLINE_EXCEEDED already.
                return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
            default:
                var requestId = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N");
                Log.Failed(logger, exception, context.Method, requestId);
                return RichErrors.Internal(requestId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} failed, request id {RequestId}")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string requestId);
    }
}
