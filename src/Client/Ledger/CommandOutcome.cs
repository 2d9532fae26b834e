using Google.Rpc;

using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Ledger;

/// <summary>What became of a command: <see cref="Answered"/>, <see cref="NotOrdered"/> or <see cref="Unknown"/>, nothing else.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>A refusal is only final where no try may still stand in the queue; a taken key is always final.</summary>
    internal static CommandOutcome WithoutReceipt(string organizationId, ReadOnlyMemory<byte> idempotencyKey, Status status, bool maybeOrdered) =>
        maybeOrdered && status.Code != (int)Code.AlreadyExists
            ? new Unknown(organizationId, idempotencyKey, status)
            : new NotOrdered(status);

    /// <summary>The command has a durable receipt; <c>Receipt.Status</c> says whether it was executed or rejected.</summary>
    /// <param name="Receipt">The receipt, decoded.</param>
    /// <param name="Proof">Its bytes and proof: keep these, not the decoded form.</param>
    /// <param name="Replayed">True where an earlier try had ordered it.</param>
    public sealed record Answered(Receipt Receipt, ReceiptProof Proof, bool Replayed) : CommandOutcome;

    /// <summary>The command was not ordered and changed nothing.</summary>
    /// <param name="Status">Why, with details.</param>
    public sealed record NotOrdered(Status Status) : CommandOutcome;

    /// <summary>
    /// Nobody knows yet whether the command was ordered: never treat it as failed. Ask <see cref="LedgerClient"/>
    /// or submit the same bytes again.
    /// </summary>
    /// <param name="OrganizationId">Who submitted it.</param>
    /// <param name="IdempotencyKey">The key to ask by, 16 bytes.</param>
    /// <param name="Status">What the last try ended with.</param>
    public sealed record Unknown(string OrganizationId, ReadOnlyMemory<byte> IdempotencyKey, Status Status) : CommandOutcome;
}
