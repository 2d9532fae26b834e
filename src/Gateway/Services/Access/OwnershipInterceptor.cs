using Google.Protobuf;

using Grpc.Core;
using Grpc.Core.Interceptors;

using KpGrpc.Gateway.Security.Callers;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>
/// Keeps a learner with her own id and a partner with her organisation's, in every message that this process decodes,
/// those of a stream too, and fills in the id where it is left empty.
/// </summary>
internal sealed class OwnershipInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(request, context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(request, context);
        return continuation(request, responseStream, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new CheckedReader<TRequest>(requestStream, request => Check(request, context)), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new CheckedReader<TRequest>(requestStream, request => Check(request, context)), responseStream, context);

    private static void Check<TRequest>(TRequest request, ServerCallContext context)
    {
        if (request is IMessage message)
        {
            OwnIds.Check(message, context.GetHttpContext().Features.Get<Admission>());
        }
    }

    private sealed class CheckedReader<T>(IAsyncStreamReader<T> reader, Action<T> check) : IAsyncStreamReader<T>
    {
        public T Current => reader.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await reader.MoveNext(cancellationToken))
            {
                return false;
            }

            check(reader.Current);
            return true;
        }
    }
}
