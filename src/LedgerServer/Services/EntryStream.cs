using System.Collections.Concurrent;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Node;
using KpGrpc.ServiceDefaults.Errors;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Streams committed entries from the store: no buffer a watcher, so a slow one costs nothing but its connection.</summary>
internal sealed class EntryStream(TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int EntriesMax = 1_000;
    private const int MessageBytesMax = 1_048_576;
    private readonly ConcurrentDictionary<string, int> watchers = new(StringComparer.Ordinal);

    /// <summary>Streams of a ledger at this moment.</summary>
    public int Watching(string ledgerId) => watchers.GetValueOrDefault(ledgerId);

    /// <summary>Streams until the watcher or the server goes.</summary>
    public async Task WriteAsync(
        HostedLedger hosted, LedgerProto.WatchEntriesRequest request, IServerStreamWriter<LedgerProto.WatchEntriesResponse> stream, CancellationToken cancellationToken)
    {
        var (ledger, options) = hosted;
        if (request.FromSequence > ledger.Head.Size)
        {
            throw RichErrors.OutOfRange("from_sequence", $"is above the next sequence {ledger.Head.Size}");
        }

        if (watchers.AddOrUpdate(hosted.Id, 1, (_, count) => count + 1) > options.WatchersMax)
        {
            Leave(hosted);
            throw RichErrors.ResourceExhausted($"all {options.WatchersMax} places for watchers are taken", TimeSpan.FromSeconds(5));
        }

        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
            await FollowAsync(hosted, request, stream, ends.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw RichErrors.Unavailable("the server is stopping; resume from the last sequence seen + 1", TimeSpan.FromSeconds(1));
        }
        finally
        {
            Leave(hosted);
        }
    }

    private void Leave(HostedLedger hosted) => watchers.AddOrUpdate(hosted.Id, 0, (_, count) => count - 1);

    private async Task FollowAsync(
        HostedLedger hosted, LedgerProto.WatchEntriesRequest request, IServerStreamWriter<LedgerProto.WatchEntriesResponse> stream, CancellationToken cancellationToken)
    {
        var (ledger, options) = hosted;
        var next = request.FromSequence;
        while (true)
        {
            if (!await GrownBeyondAsync(hosted, next, cancellationToken))
            {
                await WriteAsync(options, stream, new LedgerProto.WatchEntriesResponse { Checkpoint = ledger.Head.Newest.Signed.ToString() }, cancellationToken);
                continue;
            }

            var message = Read(ledger, next, request.IncludeCommands);
            await WriteAsync(options, stream, message, cancellationToken);
            next += (ulong)message.Entries.Count;
        }
    }

    // A watcher that does not read may not keep its place: flow control would hold the write for ever.
    private async Task WriteAsync(
        LedgerOptions options, IServerStreamWriter<LedgerProto.WatchEntriesResponse> stream, LedgerProto.WatchEntriesResponse message, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.WatchWriteTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await stream.WriteAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw RichErrors.ResourceExhausted(
                $"nothing was read for {options.WatchWriteTimeout}; resume from the last sequence seen + 1, and read faster", TimeSpan.FromSeconds(5));
        }
    }

    private async Task<bool> GrownBeyondAsync(HostedLedger hosted, ulong size, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(hosted.Options.WatchKeepAlive, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            await hosted.Node.Head.WaitBeyondAsync(size, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static LedgerProto.WatchEntriesResponse Read(LedgerNode ledger, ulong first, bool withCommands)
    {
        var checkpoint = ledger.Head.Newest;
        var message = new LedgerProto.WatchEntriesResponse { Checkpoint = checkpoint.Signed.ToString() };
        var bytes = 0;
        for (var sequence = first; sequence < checkpoint.Size && message.Entries.Count < EntriesMax && bytes < MessageBytesMax; sequence++)
        {
            var entry = new LedgerProto.Entry
            {
                Sequence = sequence,
                Leaf = UnsafeByteOperations.UnsafeWrap(ledger.Store.RequireLeaf(sequence)),
            };
            if (withCommands)
            {
                var stored = ledger.Store.RequireCommand(sequence);
                entry.Command = new LedgerProto.SignedCommand
                {
                    Payload = ByteString.CopyFrom(stored.Payload.Span),
                    KeyId = stored.KeyId,
                    Signature = ByteString.CopyFrom(stored.Signature.Span),
                };
            }

            bytes += entry.CalculateSize();
            message.Entries.Add(entry);
        }

        return message;
    }
}
