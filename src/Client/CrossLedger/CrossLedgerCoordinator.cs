using Google.Protobuf.WellKnownTypes;

using KpGrpc.Client.Signing;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.Client.CrossLedger;

/// <summary>
/// Moves money from one ledger to another: a hold on each, the sender's captured with the receipt of the receiver's, then
/// the receiver's with the receipt of that capture; or both released. It keeps nothing: run again after any crash, with the
/// same transfer, it continues or reports the end. The sending ledger alone decides; the other one follows by proof.
/// </summary>
/// <param name="sending">Ledger that money leaves.</param>
/// <param name="receiving">Ledger that money comes to.</param>
/// <param name="onStep">Told of each step that has a proven receipt, also when it is only found again; what it throws ends the run. Null for nobody.</param>
public sealed class CrossLedgerCoordinator(CrossLedgerSide sending, CrossLedgerSide receiving, Func<CrossLedgerStep, Task>? onStep = null)
{
    /// <summary>Makes the transfer, or takes it up where it stands.</summary>
    /// <param name="transfer">What to move; its id has 16 bytes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<CrossLedgerOutcome> RunAsync(CrossLedgerTransfer transfer, CancellationToken cancellationToken = default) =>
        RunAsync(transfer, release: false, cancellationToken);

    /// <summary>Gives the transfer up unless the sending ledger has captured already; it then completes.</summary>
    /// <param name="transfer">The transfer, as it was begun.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<CrossLedgerOutcome> ReleaseAsync(CrossLedgerTransfer transfer, CancellationToken cancellationToken = default) =>
        RunAsync(transfer, release: true, cancellationToken);

    private async Task<CrossLedgerOutcome> RunAsync(CrossLedgerTransfer transfer, bool release, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(transfer.TransferId.Length, CommandSigner.IdempotencyKeyBytes, nameof(transfer));
        try
        {
            // Also before a release: a place command still under way could otherwise be ordered after it.
            var sent = await StepAsync(sending, transfer, CrossLedgerStep.PlaceSending, payload => payload.PlaceHold = Sending(transfer), cancellationToken).ConfigureAwait(false);
            if (!sent.Accepted)
            {
                return new CrossLedgerOutcome.Released(sent.Receipt.RejectionMessage);
            }

            var received = release
                ? await receiving.FindAsync(transfer, CrossLedgerStep.PlaceReceiving, cancellationToken).ConfigureAwait(false)
                : await StepAsync(receiving, transfer, CrossLedgerStep.PlaceReceiving, payload => payload.PlaceHold = Receiving(transfer), cancellationToken).ConfigureAwait(false);
            var (end, reason) = await DecideAsync(transfer, sent, received, release, cancellationToken).ConfigureAwait(false);
            return await FollowAsync(transfer, received, end, reason, cancellationToken).ConfigureAwait(false);
        }
        catch (StepUnknownException exception)
        {
            return new CrossLedgerOutcome.Unknown(exception.Step, exception.Message);
        }
    }

    // The receipt that ended the sending side, and why it was released if it was.
    private async Task<(ProvenReceipt End, string Reason)> DecideAsync(
        CrossLedgerTransfer transfer, ProvenReceipt sent, ProvenReceipt? received, bool release, CancellationToken cancellationToken)
    {
        var reason = received is { Accepted: false } ? received.Receipt.RejectionMessage : "The transfer was given up.";
        if (!release && received is { Accepted: true })
        {
            var captured = await StepAsync(
                sending, transfer, CrossLedgerStep.CaptureSending, payload => payload.CaptureHold = Capture(transfer.SendingHoldId, received.Proof), cancellationToken).ConfigureAwait(false);
            if (captured.Accepted)
            {
                return (captured, string.Empty);
            }

            reason = captured.Receipt.RejectionMessage;
        }

        var released = await StepAsync(
            sending, transfer, CrossLedgerStep.ReleaseSending, payload => payload.ReleaseHold = new ReleaseHold { HoldId = transfer.SendingHoldId }, cancellationToken).ConfigureAwait(false);
        return released.Released(transfer.SendingHoldId)
            ? (released, reason)
            : (await sending.FindEndAsync(transfer.SendingHoldId, sent.Receipt.Sequence, CrossLedgerStep.ReleaseSending, cancellationToken).ConfigureAwait(false), reason);
    }

    private async Task<CrossLedgerOutcome> FollowAsync(
        CrossLedgerTransfer transfer, ProvenReceipt? received, ProvenReceipt end, string reason, CancellationToken cancellationToken)
    {
        var captured = end.Captured(transfer.SendingHoldId);
        if (received is not { Accepted: true })
        {
            // A capture needs the receipt of the receiving hold, so there is one, placed by somebody else.
            return captured
                ? new CrossLedgerOutcome.Unknown(CrossLedgerStep.PlaceReceiving, "The sending side was captured with a receiving hold of another organisation; let that one finish it.")
                : new CrossLedgerOutcome.Released(reason);
        }

        var step = captured ? CrossLedgerStep.CaptureReceiving : CrossLedgerStep.ReleaseReceiving;
        var followed = await StepAsync(receiving, transfer, step, SetFollowing(transfer, end, captured), cancellationToken).ConfigureAwait(false);
        if (!followed.Accepted)
        {
            // Anybody may bring the proof: somebody was faster, or the step needs a person.
            followed = followed.Receipt.RejectionReason == RejectionReason.HoldNotOpen
                ? await receiving.FindEndAsync(transfer.ReceivingHoldId, received.Receipt.Sequence, step, cancellationToken).ConfigureAwait(false)
                : throw new StepUnknownException(step, followed.Receipt.RejectionMessage);
        }

        return captured ? new CrossLedgerOutcome.Completed(end.Proof, followed.Proof) : new CrossLedgerOutcome.Released(reason);
    }

    private static Action<CommandPayload> SetFollowing(CrossLedgerTransfer transfer, ProvenReceipt end, bool captured) =>
        captured
            ? payload => payload.CaptureHold = Capture(transfer.ReceivingHoldId, end.Proof)
            : payload => payload.ReleaseHold = new ReleaseHold { HoldId = transfer.ReceivingHoldId, ForeignReceipt = Carried(end.Proof) };

    private async Task<ProvenReceipt> StepAsync(
        CrossLedgerSide side, CrossLedgerTransfer transfer, CrossLedgerStep step, Action<CommandPayload> setBody, CancellationToken cancellationToken)
    {
        var receipt = await side.RunAsync(transfer, step, setBody, cancellationToken).ConfigureAwait(false);
        if (onStep is not null)
        {
            await onStep(step).ConfigureAwait(false);
        }

        return receipt;
    }

    private static CaptureHold Capture(string holdId, ReceiptProof proof) => new() { HoldId = holdId, ForeignReceipt = Carried(proof) };

    // The file form says the same twice.
    private static ReceiptProof Carried(ReceiptProof proof) => new(proof) { TlogProof = string.Empty };

    private PlaceHold Sending(CrossLedgerTransfer transfer) => new()
    {
        HoldId = transfer.SendingHoldId,
        AccountId = transfer.PayerAccountId,
        DestinationAccountId = $"foreign/{receiving.LedgerId}/{transfer.Amount.CurrencyCode}",
        Amount = transfer.Amount,
        ExpiresAt = transfer.ExpiresAt is { } end ? Timestamp.FromDateTimeOffset(end) : null,
        Foreign = new ForeignLeg { LedgerId = receiving.LedgerId, LogOrigin = receiving.LogOrigin, HoldId = transfer.ReceivingHoldId },
    };

    private PlaceHold Receiving(CrossLedgerTransfer transfer) => new()
    {
        HoldId = transfer.ReceivingHoldId,
        AccountId = $"foreign/{sending.LedgerId}/{transfer.Amount.CurrencyCode}",
        DestinationAccountId = transfer.PayeeAccountId,
        Amount = transfer.Amount,
        Foreign = new ForeignLeg { LedgerId = sending.LedgerId, LogOrigin = sending.LogOrigin, HoldId = transfer.SendingHoldId },
    };
}
