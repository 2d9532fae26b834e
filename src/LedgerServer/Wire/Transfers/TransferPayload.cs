using KpGrpc.LedgerServer.Execution.Transfers.Batches;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>
/// Parts a payload that carries a batch of transfers into the batch, which is read by span, and its small envelope, which
/// the general parser reads.
/// </summary>
internal static class TransferPayload
{
    /// <summary>Reads the batch of a payload.</summary>
    /// <param name="payload">The signed bytes as they came.</param>
    /// <param name="envelope">What the general parser has to read: the payload without the batch, or all of it.</param>
    /// <returns>The batch; null where there is none, or anything is unusual.</returns>
    public static TransferBatch? Read(byte[] payload, out byte[] envelope)
    {
        envelope = payload;
        var (start, end) = (0, 0);
        ReadOnlySpan<byte> body = default;
        var input = new SpanReader(payload);
        for (var at = 0; input.TryTag(out var field, out var wireType); at = payload.Length - input.Remaining)
        {
            if (field == LedgerProto.CommandPayload.TransferBatchFieldNumber && wireType == SpanReader.Bytes && end == 0)
            {
                if (!input.TryBytes(out body))
                {
                    return null;
                }

                (start, end) = (at, payload.Length - input.Remaining);
            }
            else if (field > LedgerProto.CommandPayload.SchemaVersionFieldNumber || !input.TrySkip(wireType))
            {
                return null;
            }
        }

        var batch = end == 0 || input.Remaining > 0 ? null : TransferBatchReader.Read(body);
        if (batch is not null)
        {
            envelope = [.. payload.AsSpan(0, start), .. payload.AsSpan(end)];
        }

        return batch;
    }
}
