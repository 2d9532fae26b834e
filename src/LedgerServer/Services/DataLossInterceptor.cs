using System.Diagnostics;

using Grpc.Core;
using Grpc.Core.Interceptors;

using KpGrpc.ServiceDefaults.Errors;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Tells a caller that met damaged storage so: DATA_LOSS, where other faults of ours are INTERNAL.</summary>
internal sealed partial class DataLossInterceptor(ILogger<DataLossInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Tell(exception);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Tell(exception);
        }
    }

    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or RocksDbException or MerkleLog.Proofs.MissingNodeException;

    private RpcException Tell(Exception exception)
    {
        var requestId = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N");
        Log.Damaged(logger, exception, requestId);
        return RichErrors.DataLoss($"stored data are damaged; the server's log tells more under request id {requestId}", requestId);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A read met damaged storage, request id {RequestId}")]
        public static partial void Damaged(ILogger logger, Exception exception, string requestId);
    }
}
