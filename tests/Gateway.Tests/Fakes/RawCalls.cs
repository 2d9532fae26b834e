using Google.Protobuf;
using Google.Protobuf.Reflection;

using Grpc.Core;

using KpGrpc.Gateway.Downstream;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Calls any method of the contract with bytes, and says how it ended.</summary>
internal static class RawCalls
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    /// <summary>Every method of the contract.</summary>
    public static IEnumerable<MethodDescriptor> Methods => Contract.Services.SelectMany(entry => entry.Service.Methods);

    /// <summary>The status with which a call ended; OK for an answer.</summary>
    public static async Task<(StatusCode Code, string Reason, string Text)> StatusAsync(this CallInvoker invoker, MethodDescriptor method, IMessage? request, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(invoker, method, request?.ToByteArray() ?? [], new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Limit, cancellationToken: cancellationToken));
            return (StatusCode.OK, string.Empty, string.Empty);
        }
        catch (RpcException error)
        {
            return (error.StatusCode, error.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? string.Empty, error.Status.Detail);
        }
    }

    private static async Task CallAsync(CallInvoker invoker, MethodDescriptor method, byte[] request, CallOptions options)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            _ => MethodType.ServerStreaming,
        };
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Raw, Raw);
        if (type == MethodType.Unary)
        {
            await invoker.AsyncUnaryCall(call, null, options, request);
        }
        else if (type == MethodType.ServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(call, null, options, request);
            await stream.ResponseStream.MoveNext(options.CancellationToken);
        }
        else
        {
            using var stream = invoker.AsyncClientStreamingCall(call, null, options);
            try
            {
                await stream.RequestStream.WriteAsync(request, options.CancellationToken);
                await stream.RequestStream.CompleteAsync();
            }
            catch (RpcException)
            {
                // The answer says why.
            }

            await stream.ResponseAsync;
        }
    }
}
