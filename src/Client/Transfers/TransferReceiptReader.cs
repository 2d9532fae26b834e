using System.Buffers.Binary;
using System.Text;

using KpGrpc.Client.Wire;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// Reads the receipt of a transfer batch without making objects of it, and believes it only where it answers what was
/// sent: the same command, and the same ids in the same order. Not thread-safe.
/// </summary>
internal sealed class TransferReceiptReader
{
    private const int TransfersMadeField = 23;
    private readonly TransferResult[] results = new TransferResult[TransferBatchEncoder.EntriesMax];
    private int count;

    /// <summary>What the receipt says of each transfer, in order; empty where the command was rejected.</summary>
    public ReadOnlySpan<TransferResult> Results => results.AsSpan(0, count);

    /// <summary>Place of the receipt in the order.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Why the command was rejected as a whole; unspecified where it was executed.</summary>
    public RejectionReason Rejected { get; private set; }

    /// <summary>The same for people; empty where it was executed.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Reads a receipt.</summary>
    /// <param name="leaf">Its bytes.</param>
    /// <param name="idempotencyKey">Key of the command that was sent.</param>
    /// <param name="sent">The transfers that were sent, in order.</param>
    /// <returns>What is wrong with it; null where it answers the command.</returns>
    public string? Read(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> idempotencyKey, ReadOnlySpan<PendingTransfer> sent)
    {
        (count, Sequence, Rejected, Message) = (0, 0, RejectionReason.Unspecified, "");
        var status = ReceiptStatus.Unspecified;
        var ownKey = false;
        var fault = (string?)null;
        var reader = new WireReader(leaf);
        while (reader.TryNext() && fault is null)
        {
            switch (reader.Field)
            {
                case Receipt.SequenceFieldNumber:
                    Sequence = reader.Value;
                    break;
                case Receipt.IdempotencyKeyFieldNumber:
                    ownKey = reader.Bytes.SequenceEqual(idempotencyKey);
                    break;
                case Receipt.StatusFieldNumber:
                    status = (ReceiptStatus)reader.Value;
                    break;
                case Receipt.RejectionReasonFieldNumber:
                    Rejected = (RejectionReason)reader.Value;
                    break;
                case Receipt.RejectionMessageFieldNumber:
                    Message = Encoding.UTF8.GetString(reader.Bytes);
                    break;
                case Receipt.EffectsFieldNumber:
                    fault = ReadEffect(reader.Bytes, sent);
                    break;
                default:
                    break;
            }
        }

        return fault ?? (reader.IsFaulty, ownKey, status) switch
        {
            (true, _, _) => "it is not a receipt",
            (_, false, _) => "it answers another command",
            (_, _, ReceiptStatus.Rejected) when Rejected != RejectionReason.Unspecified && count == 0 => null,
            (_, _, ReceiptStatus.Accepted) when Rejected == RejectionReason.Unspecified && count == sent.Length => null,
            _ => "its status and outcomes do not fit the command",
        };
    }

    private string? ReadEffect(ReadOnlySpan<byte> effect, ReadOnlySpan<PendingTransfer> sent)
    {
        var change = new WireReader(effect);
        while (change.TryNext())
        {
            if (change.Field != TransfersMadeField)
            {
                continue;
            }

            var made = new WireReader(change.Bytes);
            while (made.TryNext())
            {
                if (made.Field == TransfersMade.OutcomesFieldNumber && !TryReadOutcome(made.Bytes, sent))
                {
                    return "it holds an outcome of a transfer that was not sent in its place";
                }
            }

            if (made.IsFaulty)
            {
                return "its outcomes cannot be read";
            }
        }

        return change.IsFaulty ? "an effect cannot be read" : null;
    }

    private bool TryReadOutcome(ReadOnlySpan<byte> bytes, ReadOnlySpan<PendingTransfer> sent)
    {
        var (refused, first, own) = (RejectionReason.Unspecified, (ulong?)null, false);
        var outcome = new WireReader(bytes);
        while (outcome.TryNext())
        {
            switch (outcome.Field)
            {
                case Protos.Ledger.V1.TransferOutcome.TransferIdFieldNumber:
                    own = count < sent.Length && IsId(outcome.Bytes, sent[count].Transfer.Id);
                    break;
                case Protos.Ledger.V1.TransferOutcome.RefusedFieldNumber:
                    refused = (RejectionReason)outcome.Value;
                    break;
                case Protos.Ledger.V1.TransferOutcome.FirstSequenceFieldNumber:
                    first = outcome.Value;
                    break;
                default:
                    break;
            }
        }

        if (outcome.IsFaulty || !own)
        {
            return false;
        }

        results[count++] = new TransferResult(refused, first);
        return true;
    }

    private static bool IsId(ReadOnlySpan<byte> bytes, TransferId id) => bytes.Length == TransferId.Size
        && BinaryPrimitives.ReadUInt64BigEndian(bytes) == id.High && BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) == id.Low;
}
