using System.Text;

using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>
/// Writes <c>kp.ledger.v1.TransfersMade</c> without an object an outcome: the same bytes as the general encoder's, to
/// which a property test holds it.
/// </summary>
internal static class TransfersMadeWriter
{
    private const int TransferIdBytes = 16;

    /// <summary>Length of the encoding, in bytes.</summary>
    public static int Size(TransfersMade made)
    {
        var size = made.CurrencyCode.Length == 0 ? 0 : TextBytes(made.CurrencyCode);
        size += SpanWriter.NumberBytes(made.Exponent);
        foreach (var account in made.AccountIds)
        {
            size += TextBytes(account);
        }

        foreach (ref readonly var outcome in made.Outcomes.Span)
        {
            size += SpanWriter.LengthBytes(LedgerProto.TransfersMade.OutcomesFieldNumber, Size(outcome));
        }

        return size;
    }

    /// <summary>Writes the encoding.</summary>
    /// <param name="made">The effect.</param>
    /// <param name="output">Where to; room for <see cref="Size(TransfersMade)"/> bytes.</param>
    public static void Write(TransfersMade made, ref SpanWriter output)
    {
        if (made.CurrencyCode.Length > 0)
        {
            output.Text(LedgerProto.TransfersMade.CurrencyCodeFieldNumber, made.CurrencyCode);
        }

        output.Number(LedgerProto.TransfersMade.ExponentFieldNumber, made.Exponent);
        foreach (var account in made.AccountIds)
        {
            output.Text(LedgerProto.TransfersMade.AccountIdsFieldNumber, account);
        }

        foreach (ref readonly var outcome in made.Outcomes.Span)
        {
            output.Head(LedgerProto.TransfersMade.OutcomesFieldNumber, Size(outcome));
            Write(outcome, ref output);
        }
    }

    private static void Write(in TransferOutcome outcome, ref SpanWriter output)
    {
        output.Head(LedgerProto.TransferOutcome.TransferIdFieldNumber, TransferIdBytes);
        output.Raw(outcome.Entry.TransferId);
        output.Number(LedgerProto.TransferOutcome.DebitIndexFieldNumber, outcome.Entry.DebitIndex);
        output.Number(LedgerProto.TransferOutcome.CreditIndexFieldNumber, outcome.Entry.CreditIndex);
        output.Number(LedgerProto.TransferOutcome.AmountMinorUnitsFieldNumber, (ulong)outcome.Entry.AmountMinorUnits);
        output.Number(LedgerProto.TransferOutcome.ReferenceFieldNumber, outcome.Entry.Reference);
        output.Number(LedgerProto.TransferOutcome.RefusedFieldNumber, (ulong)outcome.Refused);
        if (outcome.FirstSequence is { } first)
        {
            // Optional in the contract, so that 0 is written too.
            output.Varint(LedgerProto.TransferOutcome.FirstSequenceFieldNumber << 3);
            output.Varint(first);
        }
    }

    private static int Size(in TransferOutcome outcome) =>
        2 + TransferIdBytes + SpanWriter.NumberBytes(outcome.Entry.DebitIndex) + SpanWriter.NumberBytes(outcome.Entry.CreditIndex)
        + SpanWriter.NumberBytes((ulong)outcome.Entry.AmountMinorUnits) + SpanWriter.NumberBytes(outcome.Entry.Reference)
        + SpanWriter.NumberBytes((ulong)outcome.Refused) + (outcome.FirstSequence is { } first ? 1 + SpanWriter.VarintBytes(first) : 0);

    private static int TextBytes(string text) =>
        SpanWriter.LengthBytes(LedgerProto.TransfersMade.AccountIdsFieldNumber, Encoding.UTF8.GetByteCount(text));
}
