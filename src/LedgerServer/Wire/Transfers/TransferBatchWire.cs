using System.Buffers.Binary;

using Google.Protobuf;

using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;
using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>Batches of transfers between the contract and the engine.</summary>
internal static class TransferBatchWire
{
    private const int TransferIdBytes = 16;

    public static TransferBatch Decode(FieldViolations faults, PaymentProto.TransferBatch body) => new()
    {
        CurrencyCode = body.CurrencyCode,
        Exponent = body.Exponent,
        AccountIds = [.. body.AccountIds],
        Entries = body.Entries.Select((entry, i) => Decode(faults, entry, i)).ToArray(),
    };

    public static LedgerProto.TransfersMade ToProto(TransfersMade made)
    {
        var proto = new LedgerProto.TransfersMade { CurrencyCode = made.CurrencyCode, Exponent = made.Exponent };
        proto.AccountIds.AddRange(made.AccountIds);
        foreach (ref readonly var outcome in made.Outcomes.Span)
        {
            proto.Outcomes.Add(ToProto(outcome));
        }

        return proto;
    }

    private static TransferEntry Decode(FieldViolations faults, PaymentProto.TransferBatchEntry entry, int index)
    {
        var fits = entry.TransferId.Length == TransferIdBytes;
        faults.Require(fits, $"transfer_batch.entries[{index}].transfer_id", $"must be exactly {TransferIdBytes} bytes");
        var id = fits ? BinaryPrimitives.ReadUInt128BigEndian(entry.TransferId.Span) : 0;
        return new TransferEntry(id, entry.DebitIndex, entry.CreditIndex, entry.AmountMinorUnits, entry.Reference);
    }

    private static LedgerProto.TransferOutcome ToProto(in TransferOutcome outcome)
    {
        var id = new byte[TransferIdBytes];
        BinaryPrimitives.WriteUInt128BigEndian(id, outcome.Entry.TransferId);
        var proto = new LedgerProto.TransferOutcome
        {
            TransferId = UnsafeByteOperations.UnsafeWrap(id),
            DebitIndex = outcome.Entry.DebitIndex,
            CreditIndex = outcome.Entry.CreditIndex,
            AmountMinorUnits = outcome.Entry.AmountMinorUnits,
            Reference = outcome.Entry.Reference,
            Refused = (LedgerProto.RejectionReason)outcome.Refused,
        };
        if (outcome.FirstSequence is { } first)
        {
            proto.FirstSequence = first;
        }

        return proto;
    }
}
