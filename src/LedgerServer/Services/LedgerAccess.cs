using Google.Protobuf;

using Grpc.Core;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Telemetry;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.LedgerServer.Services;

/// <summary>The services' way to a ledger: finds it by id, and turns a full queue or a stopped order into a status.</summary>
internal sealed class LedgerAccess(LedgerSet ledgers, DiskSpace disk, LedgerMetrics metrics)
{
    /// <summary>The ledger of an id; the default one where it is empty.</summary>
    /// <exception cref="RpcException">NOT_FOUND with ResourceInfo.</exception>
    public LedgerNode Find(string ledgerId) => FindHosted(ledgerId).Node;

    /// <summary>The ledger that a command goes to: the request's, else the payload's.</summary>
    /// <exception cref="RpcException">NOT_FOUND with ResourceInfo.</exception>
    public LedgerNode FindFor(string requestLedgerId, ByteString? payload) =>
        Find(requestLedgerId.Length > 0 || payload is null || ledgers.All.Count == 1 ? requestLedgerId : PayloadAddress.LedgerId(payload));

    /// <summary>The ledger of an id with its settings; the default one where the id is empty.</summary>
    /// <exception cref="RpcException">NOT_FOUND with ResourceInfo.</exception>
    public HostedLedger FindHosted(string ledgerId) =>
        ledgers.Find(ledgerId) ?? throw RichErrors.NotFound("ledger", ledgerId, $"this server has no ledger {ledgerId}");

    /// <summary>Counts a command that was not taken in.</summary>
    public void Count(LedgerNode ledger, Refused refused) => metrics.Refused(ledger.Genesis.LedgerId, refused.Reason);

    /// <summary>Asks the durable state; the answer also says after which sequence it was given.</summary>
    /// <exception cref="RpcException">NOT_FOUND, RESOURCE_EXHAUSTED, UNAVAILABLE or DATA_LOSS.</exception>
    public async Task<T> ReadAsync<T>(string ledgerId, Func<LedgerState, T> read, ServerCallContext context)
    {
        var (node, options) = FindHosted(ledgerId);
        return node.Orderer.TryRead(read, out var answer)
            ? await Answer(answer, options, context)
            : throw QueueFull(node.Genesis.LedgerId, options);
    }

    /// <summary>Has commands ordered. Who goes away only stops waiting.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED, UNAVAILABLE or DATA_LOSS.</exception>
    public async Task<CommittedGroup> SubmitAsync(LedgerNode ledger, IReadOnlyList<AdmittedCommand> commands, ServerCallContext context)
    {
        var options = FindHosted(ledger.Genesis.LedgerId).Options;
        var bytes = commands.Sum(command => (long)command.Payload.Length);
        if (commands.Count > options.QueueMax || bytes > options.QueueBytesMax)
        {
            metrics.Refused(ledger.Genesis.LedgerId, RefusalReason.TooLarge);
            // No wait would ever make room for it, so there is no advice to come again.
            throw RichErrors.TooLarge(
                "TOO_LARGE", $"{commands.Count} commands of {bytes} bytes exceed the ledger's whole queue of {options.QueueMax} commands and {options.QueueBytesMax} bytes; nothing was ordered: send fewer in a call");
        }

        if (disk.FreeBytes(options.DataDirectory) is var free && free < options.FreeBytesMin)
        {
            metrics.Refused(ledger.Genesis.LedgerId, RefusalReason.DiskLow);
            throw RichErrors.TooLarge(
                "DISK_LOW", $"the ledger's disk has {free} bytes free, less than {options.Section}:FreeBytesMin of {options.FreeBytesMin}; nothing was ordered: free space or lower the limit, then send the same bytes again");
        }

        return ledger.Orderer.TrySubmit(commands, out var commit)
            ? await Answer(commit, options, context)
            : throw QueueFull(ledger.Genesis.LedgerId, options);
    }

    /// <summary>The last sequence that a state covers; 0 where it is empty.</summary>
    public static ulong AsOf(LedgerState state) => state.NextSequence == 0 ? 0 : state.NextSequence - 1;

    /// <summary>Refuses a question about the future, and one about the past that this release cannot answer.</summary>
    public static void RequireNewest(ulong? asked, LedgerState state, string method)
    {
        RequireCommitted(asked, state);
        if (asked < AsOf(state))
        {
            throw RichErrors.Unimplemented($"{method}.as_of_sequence");
        }
    }

    /// <summary>Refuses a question about the future.</summary>
    public static void RequireCommitted(ulong? asked, LedgerState state)
    {
        if (asked > AsOf(state))
        {
            throw RichErrors.OutOfRange("as_of_sequence", $"is above the newest sequence {AsOf(state)}");
        }
    }

    private RpcException QueueFull(string ledgerId, LedgerOptions options)
    {
        metrics.Refused(ledgerId, RefusalReason.QueueFull);
        return RichErrors.ResourceExhausted(
            $"the ledger's queue of {options.QueueMax} commands and {options.QueueBytesMax} bytes is full; send the same bytes again after the advised delay", options.RetryAfter);
    }

    private static async Task<T> Answer<T>(Task<T> answer, LedgerOptions options, ServerCallContext context)
    {
        try
        {
            return await answer.WaitAsync(context.CancellationToken);
        }
        catch (OrderingStoppedException stopped) when (stopped.InnerException is null)
        {
            throw RichErrors.Unavailable($"{stopped.Message}; the outcome is unknown until you ask again with the same idempotency key", options.RetryAfter);
        }
        catch (OrderingStoppedException stopped)
        {
            throw RichErrors.DataLoss($"{stopped.Message}; the outcome is unknown until you ask again with the same idempotency key", context.GetHttpContext().TraceIdentifier);
        }
    }
}
