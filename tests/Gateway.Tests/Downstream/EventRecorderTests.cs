using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Recording;
using KpGrpc.Protos.Event.V1;

namespace KpGrpc.Gateway.Tests.Downstream;

public sealed class EventRecorderTests
{
    private static readonly PurchaseEvent Purchase = new(new byte[16], "learner-1", "w-1", DateTimeOffset.UnixEpoch, 1_000, "CNY", 2);

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task RecordAsync_CallEndedBeforeTheFirstWrite_IsAwayAndThrowsNothing(StatusCode status)
    {
        var recorder = new EventRecorder(new EventService.EventServiceClient(new EndedCalls(status)), TimeProvider.System);

        var result = await recorder.RecordAsync(Purchase, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Equal(RecordingResult.Away, result);
    }

    /// <summary>What the client library does when a connection is refused between the start of a call and its first message.</summary>
    private sealed class EndedCalls(StatusCode status) : CallInvoker
    {
        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options)
        {
            var ended = new RpcException(new Status(status, "the connection was refused"));
            return new AsyncClientStreamingCall<TRequest, TResponse>(
                new EndedStream<TRequest>(),
                Task.FromException<TResponse>(ended),
                Task.FromException<Metadata>(ended),
                () => ended.Status,
                () => [],
                () => { });
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();
    }

    private sealed class EndedStream<T> : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => Task.FromException(new ObjectDisposedException("call"));

        public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task CompleteAsync() => Task.FromException(new InvalidOperationException("the call has ended"));
    }
}
