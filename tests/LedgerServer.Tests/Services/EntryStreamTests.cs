using Google.Rpc;

using Grpc.Core;

using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Services;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

using Microsoft.Extensions.Hosting;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class EntryStreamTests
{
    [Fact]
    public async Task WriteAsync_WatcherThatDoesNotRead_LosesItsPlaceAfterTheTimeout()
    {
        await using var fixture = new NodeFixture();
        fixture.Node.Start();
        await fixture.SubmitAsync(fixture.AdmitAccount("a"));
        var options = fixture.Options;
        options.WatchersMax = 1;
        var stream = new EntryStream(fixture.Time, new Lifetime());

        for (var watcher = 0; watcher < 2; watcher++)
        {
            var stuck = new StuckWriter();
            var watching = stream.WriteAsync(new HostedLedger(fixture.Node, options), new WatchEntriesRequest(), stuck, TestContext.Current.CancellationToken);
            await stuck.Writing.WithinAsync("the write");
            fixture.Time.Advance(options.WatchWriteTimeout);

            var error = await Assert.ThrowsAsync<RpcException>(() => watching.WithinAsync("the end"));
            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
            Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
        }
    }

    private sealed class StuckWriter : IServerStreamWriter<WatchEntriesResponse>
    {
        private readonly TaskCompletionSource writing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Writing => writing.Task;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(WatchEntriesResponse message) => throw new NotSupportedException();

        public Task WriteAsync(WatchEntriesResponse message, CancellationToken cancellationToken)
        {
            writing.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
