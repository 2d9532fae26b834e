using System.Buffers.Binary;

using KpGrpc.LedgerServer.Execution.Transfers.Batches;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>
/// Reads an encoded <c>kp.payment.v1.TransferBatch</c> without an object an entry. It understands what encoders write and
/// leaves everything else (unknown fields, other wire types, invalid text, ids of another length) to the general parser,
/// so that one place says what is malformed; a property test holds both equal.
/// </summary>
internal static class TransferBatchReader
{
    private const int TransferIdBytes = 16;

    /// <summary>Reads a batch.</summary>
    /// <param name="body">The message's bytes.</param>
    /// <returns>The batch; null where the general parser has to read it.</returns>
    public static TransferBatch? Read(ReadOnlySpan<byte> body)
    {
        var (currency, exponent) = (string.Empty, 0U);
        if (!TryCount(body, out var accountCount, out var entryCount))
        {
            return null;
        }

        var (accounts, entries) = (new List<string>(accountCount), new TransferEntry[entryCount]);
        var at = 0;
        var input = new SpanReader(body);
        while (input.TryTag(out var field, out _))
        {
            var read = field switch
            {
                PaymentProto.TransferBatch.CurrencyCodeFieldNumber => input.TryText(out currency),
                PaymentProto.TransferBatch.ExponentFieldNumber => TryUInt32(ref input, out exponent),
                PaymentProto.TransferBatch.AccountIdsFieldNumber => TryAccount(ref input, accounts),
                _ => input.TryBytes(out var bytes) && TryEntry(bytes, out entries[at++]),
            };
            if (!read)
            {
                return null;
            }
        }

        return new TransferBatch { CurrencyCode = currency, Exponent = exponent, AccountIds = accounts, Entries = entries };
    }

    private static bool TryCount(ReadOnlySpan<byte> body, out int accounts, out int entries)
    {
        (accounts, entries) = (0, 0);
        var input = new SpanReader(body);
        while (input.TryTag(out var field, out var wireType))
        {
            switch (field, wireType)
            {
                case (PaymentProto.TransferBatch.CurrencyCodeFieldNumber, SpanReader.Bytes):
                case (PaymentProto.TransferBatch.ExponentFieldNumber, SpanReader.Varint):
                    break;
                case (PaymentProto.TransferBatch.AccountIdsFieldNumber, SpanReader.Bytes):
                    accounts++;
                    break;
                case (PaymentProto.TransferBatch.EntriesFieldNumber, SpanReader.Bytes):
                    entries++;
                    break;
                default:
                    return false;
            }

            if (!input.TrySkip(wireType))
            {
                return false;
            }
        }

        return input.Remaining == 0;
    }

    private static bool TryUInt32(ref SpanReader input, out uint value)
    {
        var read = input.TryNumber(out var number);
        value = (uint)number;
        return read;
    }

    private static bool TryAccount(ref SpanReader input, List<string> accounts)
    {
        var read = input.TryText(out var account);
        accounts.Add(account);
        return read;
    }

    private static bool TryEntry(ReadOnlySpan<byte> bytes, out TransferEntry entry)
    {
        UInt128? id = null;
        var (debit, credit, amount, reference) = (0UL, 0UL, 0UL, 0UL);
        var input = new SpanReader(bytes);
        var known = true;
        while (known && input.TryTag(out var field, out var wireType))
        {
            known = (field, wireType) switch
            {
                (PaymentProto.TransferBatchEntry.TransferIdFieldNumber, SpanReader.Bytes) => TryId(ref input, out id),
                (PaymentProto.TransferBatchEntry.DebitIndexFieldNumber, SpanReader.Varint) => input.TryNumber(out debit),
                (PaymentProto.TransferBatchEntry.CreditIndexFieldNumber, SpanReader.Varint) => input.TryNumber(out credit),
                (PaymentProto.TransferBatchEntry.AmountMinorUnitsFieldNumber, SpanReader.Varint) => input.TryNumber(out amount),
                (PaymentProto.TransferBatchEntry.ReferenceFieldNumber, SpanReader.Varint) => input.TryNumber(out reference),
                _ => false,
            };
        }

        entry = new TransferEntry(id ?? 0, (uint)debit, (uint)credit, (long)amount, reference);
        return known && id is not null && input.Remaining == 0;
    }

    private static bool TryId(ref SpanReader input, out UInt128? id)
    {
        var fits = input.TryBytes(out var bytes) && bytes.Length == TransferIdBytes;
        id = fits ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
        return fits;
    }
}
