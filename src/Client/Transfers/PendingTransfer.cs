using System.Threading.Tasks.Sources;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// A transfer on its way, and what its caller awaits, once. One that no token can cancel is used again by the thread
/// that read its outcome, so that a loop of transfers allocates nothing.
/// </summary>
internal sealed class PendingTransfer : IValueTaskSource<TransferOutcome>
{
    private const int Waiting = 0;
    private const int Sent = 1;
    private const int Settled = 2;

    [ThreadStatic]
    private static PendingTransfer? spare;

    private ManualResetValueTaskSourceCore<TransferOutcome> outcome;
    private CancellationToken cancellation;
    private CancellationTokenRegistration registration;
    private int phase;

    private PendingTransfer()
    {
    }

    /// <summary>What to transfer; its id is set.</summary>
    public Transfer Transfer { get; private set; }

    /// <summary>What the caller awaits.</summary>
    public ValueTask<TransferOutcome> Outcome => new(this, outcome.Version);

    /// <summary>A transfer that waits.</summary>
    /// <param name="transfer">The transfer, with its id.</param>
    /// <param name="continueInline">Whether the caller continues on the thread that settles.</param>
    /// <param name="cancellation">Ends the caller's waiting.</param>
    public static PendingTransfer Create(in Transfer transfer, bool continueInline, CancellationToken cancellation)
    {
        var pending = spare ?? new PendingTransfer();
        spare = null;
        pending.Transfer = transfer;
        pending.phase = Waiting;
        pending.cancellation = cancellation;
        pending.outcome.RunContinuationsAsynchronously = !continueInline;
        if (cancellation.CanBeCanceled)
        {
            pending.registration = cancellation.UnsafeRegister(static state => ((PendingTransfer)state!).Cancel(), pending);
        }

        return pending;
    }

    /// <summary>Marks it as sent: from here on it may be ordered.</summary>
    /// <returns>False where its caller has cancelled it.</returns>
    public bool TrySend() => Interlocked.CompareExchange(ref phase, Sent, Waiting) == Waiting;

    /// <summary>Gives the caller its outcome, unless it has one.</summary>
    public void Settle(in TransferOutcome result)
    {
        if (Interlocked.Exchange(ref phase, Settled) != Settled)
        {
            outcome.SetResult(result);
        }
    }

    TransferOutcome IValueTaskSource<TransferOutcome>.GetResult(short token)
    {
        var result = outcome.GetResult(token);
        registration.Dispose();
        if (!cancellation.CanBeCanceled)
        {
            outcome.Reset();
            Transfer = default;
            spare = this;
        }

        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<TransferOutcome>.GetStatus(short token) => outcome.GetStatus(token);

    void IValueTaskSource<TransferOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        outcome.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        var id = Transfer.Id;
        switch (Interlocked.Exchange(ref phase, Settled))
        {
            case Waiting:
                outcome.SetException(new OperationCanceledException(cancellation));
                break;
            case Sent:
                outcome.SetResult(new TransferOutcome { Status = TransferStatus.Unknown, Id = id, Error = new() { Code = (int)Google.Rpc.Code.Cancelled, Message = "The caller stopped waiting." } });
                break;
            default:
                break;
        }
    }
}
