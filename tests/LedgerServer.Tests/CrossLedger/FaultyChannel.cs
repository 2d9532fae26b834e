using Grpc.Core;
using Grpc.Core.Interceptors;

namespace KpGrpc.LedgerServer.Tests.CrossLedger;

/// <summary>A channel whose unary calls can be refused, killed under way, lost after they were answered, or answered with something else.</summary>
/// <param name="inner">The real channel.</param>
/// <param name="fault">Makes of a call what the caller sees of it: the call's number from 0, the call, and its answer to be.</param>
internal sealed class FaultyChannel(ChannelBase inner, FaultyChannel.Fault fault) : ChannelBase(inner.Target)
{
    private int calls;

    /// <summary>What the caller sees of a call.</summary>
    /// <param name="number">Number of the call, from 0.</param>
    /// <param name="send">Sends it and gives its answer.</param>
    public delegate Task<object> Fault(int number, Func<Task<object>> send);

    public override CallInvoker CreateCallInvoker() => inner.CreateCallInvoker().Intercept(new Interceptor(this, fault));

    private sealed class Interceptor(FaultyChannel channel, Fault fault) : Grpc.Core.Interceptors.Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var number = Interlocked.Increment(ref channel.calls) - 1;
            return new AsyncUnaryCall<TResponse>(AnswerAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

            async Task<TResponse> AnswerAsync() => (TResponse)await fault(number, async () => await continuation(request, context).ResponseAsync);
        }
    }
}
