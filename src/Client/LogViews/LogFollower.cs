using System.Text;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Receipts;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.Client.LogViews;

/// <summary>Keeps a view of a ledger's log up to date, and holds receipts against it. Thread-safe.</summary>
public sealed class LogFollower
{
    private readonly AuditService.AuditServiceClient audit;
    private readonly LogView view;
    private readonly string ledgerId;
    private readonly RetryLoop retry;

    /// <summary>Names a ledger.</summary>
    /// <param name="channel">Channel to its server; stays the caller's to dispose.</param>
    /// <param name="view">What was seen of its log; stays the caller's to dispose.</param>
    /// <param name="ledgerId">The ledger; empty (default) means the server's default one.</param>
    /// <param name="options">Deadline and tries of each call; null for the defaults.</param>
    /// <param name="time">Clock; null for the system's.</param>
    public LogFollower(ChannelBase channel, LogView view, string ledgerId = "", LedgerClientOptions? options = null, TimeProvider? time = null)
        : this(Invoker(channel), view, ledgerId, options, time)
    {
    }

    internal LogFollower(CallInvoker invoker, LogView view, string ledgerId = "", LedgerClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        audit = new AuditService.AuditServiceClient(invoker);
        (this.view, this.ledgerId) = (view, ledgerId);
        retry = new RetryLoop(options ?? new LedgerClientOptions(), time ?? TimeProvider.System);
    }

    /// <summary>Asks for the newest checkpoint, the newest that witnesses cosigned where the policy asks for them, and moves the view on to it.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="IOException">The view could not be written; it stays as it was.</exception>
    public async Task<LogViewVerdict> FollowAsync(CancellationToken cancellationToken = default)
    {
        var request = new GetCheckpointRequest { LedgerId = ledgerId, Certified = view.Policy.Quorum > 0 };
        var result = await retry.RunAsync(deadline => audit.GetCheckpointAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        return result.Response is { } newest
            ? await CheckAsync(Encoding.UTF8.GetBytes(newest.Checkpoint), cancellationToken).ConfigureAwait(false)
            : Unknown(result.Failure!);
    }

    /// <summary>Checks a receipt offline and then that its checkpoint is of the log that the view knows; moves the view on where it is greater.</summary>
    /// <param name="receipt">Leaf and tlog-proof as the ledger, or whoever passed them on, gave them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The receipt, verified or refused, and what the view makes of its checkpoint; the latter is null where the receipt was refused.</returns>
    /// <exception cref="IOException">The view could not be written; it stays as it was.</exception>
    public async Task<(OfflineReceipt Receipt, LogViewVerdict? Log)> VerifyAsync(ReceiptProof receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var tlogProof = Encoding.UTF8.GetBytes(receipt.TlogProof);
        var verdict = OfflineReceipt.Verify(receipt.Leaf.Span, tlogProof, view.Policy);
        return verdict is OfflineReceipt.Verified && TlogProof.TryParse(tlogProof, out var proof, out _)
            ? (verdict, await CheckAsync(proof.Checkpoint.ToBytes(), cancellationToken).ConfigureAwait(false))
            : (verdict, null);
    }

    private async Task<LogViewVerdict> CheckAsync(byte[] checkpoint, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A proof leads from the tree that the view has: another one is needed where it moved on meanwhile.
            if (await CheckFromAsync(view.Newest, checkpoint, cancellationToken).ConfigureAwait(false) is { } verdict)
            {
                return verdict;
            }
        }
    }

    private async Task<LogViewVerdict?> CheckFromAsync(SignedCheckpoint? newest, byte[] checkpoint, CancellationToken cancellationToken)
    {
        var seen = newest?.Checkpoint.Size ?? 0;
        var shown = SignedCheckpoint.TryParse(checkpoint, out var signed, out _) ? signed.Checkpoint.Size : 0;
        var (from, to) = (Math.Min(seen, shown), Math.Max(seen, shown));
        if (from == 0 || from == to)
        {
            return view.TakeFrom(newest, checkpoint, []);
        }

        var request = new GetConsistencyProofRequest { LedgerId = ledgerId, FromSize = from, ToSize = to };
        var result = await retry.RunAsync(deadline => audit.GetConsistencyProofAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        return result switch
        {
            { Response: { } proof } => view.TakeFrom(newest, checkpoint, [.. proof.Hashes.Select(hash => hash.Length == Hash256.Size ? new Hash256(hash.Span) : default)]),
            { Failure.StatusCode: StatusCode.OutOfRange } => WithoutProof(view.TakeFrom(newest, checkpoint, []), to),
            _ => Unknown(result.Failure!),
        };
    }

    private static LogViewVerdict? WithoutProof(LogViewVerdict? verdict, ulong size) =>
        verdict is LogViewVerdict.Refused { Reason: LogViewRefusal.NotConsistent } refused
            ? refused with { Reason = LogViewRefusal.RolledBack, Message = $"The ledger has no tree of {size} entries any more, and its log signed one: it was rolled back or cut short." }
            : verdict;

    private static LogViewVerdict.Unknown Unknown(RpcException failure) => new($"{failure.StatusCode}: {failure.Status.Detail}");

    private static CallInvoker Invoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
