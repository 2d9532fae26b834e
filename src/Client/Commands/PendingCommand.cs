using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;

namespace KpGrpc.Client.Commands;

/// <summary>A command on its way.</summary>
/// <param name="organizationId">Who submits.</param>
/// <param name="idempotencyKey">Its key.</param>
/// <param name="payload">Encoded payload.</param>
/// <param name="signed">The command with a signature of its own; null where the call's signature covers it.</param>
internal sealed class PendingCommand(string organizationId, ReadOnlyMemory<byte> idempotencyKey, ReadOnlyMemory<byte> payload, PreparedCommand? signed)
{
    private const int Waiting = 0;
    private const int Sent = 1;
    private const int Settled = 2;
    private readonly TaskCompletionSource<CommandOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int phase;

    /// <summary>What the caller awaits.</summary>
    public Task<CommandOutcome> Outcome => outcome.Task;

    /// <summary>Who submits.</summary>
    public string OrganizationId => organizationId;

    /// <summary>Its key, 16 bytes.</summary>
    public ReadOnlyMemory<byte> IdempotencyKey => idempotencyKey;

    /// <summary>Encoded payload.</summary>
    public ReadOnlyMemory<byte> Payload => payload;

    /// <summary>The command with a signature of its own; null where the call's signature covers it.</summary>
    public PreparedCommand? Signed => signed;

    /// <summary>Marks it as sent; false where its caller has cancelled it.</summary>
    public bool TrySend() => Interlocked.CompareExchange(ref phase, Sent, Waiting) == Waiting;

    /// <summary>Gives the caller its outcome, unless it has one.</summary>
    public void Settle(CommandOutcome result)
    {
        if (Interlocked.Exchange(ref phase, Settled) != Settled)
        {
            outcome.SetResult(result);
        }
    }

    /// <summary>Ends the caller's waiting: cancelled where it was not sent, else unknown.</summary>
    public void Cancel(CancellationToken token)
    {
        switch (Interlocked.Exchange(ref phase, Settled))
        {
            case Waiting:
                outcome.SetCanceled(token);
                break;
            case Sent:
                outcome.SetResult(new CommandOutcome.Unknown(
                    organizationId, idempotencyKey, new() { Code = (int)Google.Rpc.Code.Cancelled, Message = "The caller stopped waiting." }));
                break;
            default:
                break;
        }
    }
}
