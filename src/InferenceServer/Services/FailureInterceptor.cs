using Grpc.Core;
using Grpc.Core.Interceptors;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.InferenceServer.Services;

/// <summary>Translates this server's own failures for clients: a store that is away, a bound that was met.</summary>
internal sealed class FailureInterceptor : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception failure) when (Translate(failure) is { } translated)
        {
            throw translated;
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception failure) when (Translate(failure) is { } translated)
        {
            throw translated;
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception failure) when (Translate(failure) is { } translated)
        {
            throw translated;
        }
    }

    private static RpcException? Translate(Exception failure) => failure switch
    {
        StoreUnavailableException => RichErrors.Unavailable(failure.Message, RetryAfter),
        CapacityException => RichErrors.TooLarge("CAPACITY_REACHED", failure.Message),
        OverloadedException => RichErrors.ResourceExhausted(failure.Message, RetryAfter),
        ModelUnavailableException => RichErrors.Unavailable(failure.Message, RetryAfter),
        DeadlinePassedException => new RpcException(new Status(StatusCode.DeadlineExceeded, failure.Message)),
        _ => null,
    };
}
