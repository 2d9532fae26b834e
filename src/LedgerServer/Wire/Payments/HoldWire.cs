using Google.Protobuf;

using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.ServiceDefaults.Validation;

using AuditProto = KpGrpc.Protos.Audit.V1;
using DomainMoney = KpGrpc.LedgerServer.Execution.Money;
using LedgerProto = KpGrpc.Protos.Ledger.V1;
using PaymentProto = KpGrpc.Protos.Payment.V1;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Holds, and the receipts of other ledgers that decide about them, between the contract and the engine.</summary>
internal static class HoldWire
{
    public static PlaceHold Decode(FieldViolations faults, PaymentProto.PlaceHold body) => new()
    {
        HoldId = body.HoldId,
        AccountId = body.AccountId,
        DestinationAccountId = body.DestinationAccountId,
        Amount = WireValues.Money(faults, "place_hold.amount", body.Amount),
        ExpiresAtMicros = WireValues.Micros(faults, "place_hold.expires_at", body.ExpiresAt),
        Foreign = Leg(body.Foreign),
    };

    public static CaptureHold Decode(PaymentProto.CaptureHold body) => new()
    {
        HoldId = body.HoldId,
        Amount = body.Amount is null ? null : Money(body.Amount),
        ReleaseRest = body.ReleaseRest,
        ForeignReceipt = Receipt(body.ForeignReceipt),
    };

    public static ReleaseHold Decode(PaymentProto.ReleaseHold body) =>
        new() { HoldId = body.HoldId, ForeignReceipt = Receipt(body.ForeignReceipt) };

    public static PaymentProto.Hold ToProto(HoldRecord hold) => new()
    {
        HoldId = hold.HoldId,
        AccountId = hold.AccountId,
        DestinationAccountId = hold.DestinationAccountId,
        Amount = WireValues.ToProto(hold.Amount),
        Captured = WireValues.ToProto(hold.Amount with { MinorUnits = hold.CapturedMinorUnits }),
        Remaining = WireValues.ToProto(hold.Remaining),
        Status = (PaymentProto.HoldStatus)hold.Status,
        ExpiresAt = WireValues.ToTimestamp(hold.ExpiresAtMicros),
        Foreign = hold.Foreign is null
            ? null
            : new PaymentProto.ForeignLeg { LedgerId = hold.Foreign.LedgerId, LogOrigin = hold.Foreign.LogOrigin, HoldId = hold.Foreign.HoldId },
        PlacedAtSequence = hold.PlacedAtSequence,
    };

    public static LedgerProto.HoldCaptured ToProto(HoldCaptured captured) => new()
    {
        HoldId = captured.HoldId,
        Amount = WireValues.ToProto(captured.Amount),
        Remaining = WireValues.ToProto(captured.Remaining),
        ForeignLeafHash = captured.ForeignLeafHash is { } hash ? WireValues.ToProto(hash) : ByteString.Empty,
    };

    private static ForeignReceipt? Receipt(AuditProto.ReceiptProof? proof)
    {
        if (proof is null)
        {
            return null;
        }

        var path = proof.Hashes.Select(WireValues.Hash).ToArray();
        return new ForeignReceipt
        {
            Leaf = proof.Leaf.Memory,
            LeafIndex = proof.LeafIndex,
            Path = path.Contains(null) ? null : [.. path.Select(hash => hash!.Value)],
            Checkpoint = proof.Checkpoint,
            Facts = Facts(proof.Leaf),
        };
    }

    // Whether any of it is true is for the engine to find out by the proof; bytes that are no receipt have no facts.
    private static ForeignFacts? Facts(ByteString leaf)
    {
        LedgerProto.Receipt receipt;
        try
        {
            receipt = LedgerProto.Receipt.Parser.ParseFrom(leaf);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        var effects = receipt.Effects;
        return new ForeignFacts(
            receipt.NetworkId,
            receipt.LedgerId,
            receipt.Sequence,
            receipt.Status == LedgerProto.ReceiptStatus.Accepted,
            effects.Select(effect => Placing(effect.HoldPlaced?.Hold)).FirstOrDefault(placed => placed is not null),
            effects.Select(effect => Capture(effect.HoldCaptured, receipt)).FirstOrDefault(captured => captured is not null),
            [.. effects.Where(effect => effect.HoldReleased is not null).Select(effect => effect.HoldReleased.HoldId)]);
    }

    private static ForeignPlacing? Placing(PaymentProto.Hold? hold) =>
        hold is null ? null : new ForeignPlacing(hold.HoldId, hold.AccountId, Money(hold.Amount), hold.ExpiresAt is not null, Leg(hold.Foreign));

    private static ForeignCapture? Capture(LedgerProto.HoldCaptured? captured, LedgerProto.Receipt receipt)
    {
        if (captured is null)
        {
            return null;
        }

        var credit = receipt.Effects.Select(effect => effect.Posting).FirstOrDefault(posting =>
            posting is { State: PaymentProto.PostingState.Posted, Direction: PaymentProto.Direction.Credit, Reason: PaymentProto.PostingReason.CrossLedger }
            && posting.HoldId == captured.HoldId);
        return new ForeignCapture(
            captured.HoldId, Money(captured.Amount), credit?.AccountId ?? string.Empty, captured.ForeignLeafHash.Length > 0);
    }

    private static ForeignLeg? Leg(PaymentProto.ForeignLeg? leg) =>
        leg is null ? null : new ForeignLeg(leg.LedgerId, leg.LogOrigin, leg.HoldId);

    private static DomainMoney Money(TypeProto.Money? money) =>
        money is null ? new DomainMoney(0, string.Empty, 0) : new DomainMoney(money.MinorUnits, money.CurrencyCode, money.Exponent);
}
