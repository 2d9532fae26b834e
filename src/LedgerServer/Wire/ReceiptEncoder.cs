using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.MerkleLog.Tiles;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>
/// Encodes a receipt once; those bytes are the leaf for ever. Deterministic: fields in ascending order, no maps, no
/// floating point, and no unknown fields. Golden files hold the bytes.
/// </summary>
/// <param name="networkId">Network that every receipt names.</param>
/// <param name="ledgerId">Ledger that every receipt names.</param>
internal sealed class ReceiptEncoder(string networkId, string ledgerId)
{
    private const uint SchemaVersion = 1;

    /// <summary>Encodes a receipt.</summary>
    /// <exception cref="InvalidOperationException">It is longer than a tile holds, which no command within the rules' limits makes.</exception>
    public byte[] Encode(Receipt receipt)
    {
        var proto = new LedgerProto.Receipt
        {
            SchemaVersion = SchemaVersion,
            NetworkId = networkId,
            LedgerId = ledgerId,
            Sequence = receipt.Sequence,
            OrderedAt = WireValues.ToTimestamp(receipt.OrderedAtMicros),
            CommandHash = WireValues.ToProto(receipt.CommandHash),
            OrganizationId = receipt.OrganizationId,
            KeyId = receipt.KeyId,
            IdempotencyKey = ByteString.CopyFrom(receipt.IdempotencyKey.ToBytes()),
            CommandKind = (LedgerProto.CommandKind)receipt.Kind,
            Status = receipt.Rejection is null ? LedgerProto.ReceiptStatus.Accepted : LedgerProto.ReceiptStatus.Rejected,
            RejectionReason = (LedgerProto.RejectionReason)(receipt.Rejection?.Reason ?? RejectionReason.None),
            RejectionMessage = receipt.Rejection?.Message ?? string.Empty,
        };
        var leaf = receipt.Effects is [TransfersMade made] ? WithTransfers(proto, made, receipt.EngineVersion) : WithEffects(proto, receipt);
        return leaf.Length <= EntryBundle.MaxEntrySize
            ? leaf
            : throw new InvalidOperationException($"the receipt at sequence {receipt.Sequence} has {leaf.Length} bytes; tiles hold at most {EntryBundle.MaxEntrySize}");
    }

    private static byte[] WithEffects(LedgerProto.Receipt proto, Receipt receipt)
    {
        proto.EngineVersion = receipt.EngineVersion;
        foreach (var effect in receipt.Effects)
        {
            proto.Effects.Add(EffectEncoder.Encode(effect, receipt.OrderedAtMicros));
        }

        return proto.ToByteArray();
    }

    // The fields before the effects by the general encoder, the one effect and the field behind it by span.
    private static byte[] WithTransfers(LedgerProto.Receipt head, TransfersMade made, uint engineVersion)
    {
        var headBytes = head.CalculateSize();
        var madeBytes = TransfersMadeWriter.Size(made);
        var effectBytes = SpanWriter.LengthBytes(LedgerProto.Effect.TransfersMadeFieldNumber, madeBytes);
        var leaf = new byte[headBytes + SpanWriter.LengthBytes(LedgerProto.Receipt.EffectsFieldNumber, effectBytes) + SpanWriter.NumberBytes(engineVersion)];
        head.WriteTo(leaf.AsSpan(0, headBytes));
        var output = new SpanWriter(leaf.AsSpan(headBytes));
        output.Head(LedgerProto.Receipt.EffectsFieldNumber, effectBytes);
        output.Head(LedgerProto.Effect.TransfersMadeFieldNumber, madeBytes);
        TransfersMadeWriter.Write(made, ref output);
        output.Number(LedgerProto.Receipt.EngineVersionFieldNumber, engineVersion);
        return leaf;
    }
}
