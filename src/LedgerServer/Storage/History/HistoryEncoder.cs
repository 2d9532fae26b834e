using System.Text;

using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>
/// Encodes what one command posted to one account. The row is a function of the command's place in the order and never
/// of the commit that it came in, so that a replay can compare it. Its buffer is reused; not thread-safe.
/// </summary>
/// <remarks>
/// Frozen encoding; numbers are LEB128 varints, unsigned:
/// <code>
/// u8 version = 1 | ordered_at (µs since 1970)
/// sums after the command: debits posted, credits posted, debits held, credits held
/// number of lines | each line:
///   u8 flags: bits 0-1 state (1 posted, 2 held, 3 released), bit 2 credit, bit 3 hold id follows, bit 4 source follows
///   u8 reason | effect index | part | amount
///   hold id: length, ASCII, where flagged
///   source: reference, work, agreement (length and ASCII each), version, where flagged; else that of the line before
/// </code>
/// </remarks>
internal sealed class HistoryEncoder
{
    private const byte Version = 1;
    private const int RowBytesMax = 1 + 10 + (4 * 19) + 5;
    private const int LineBytesMax = 2 + 5 + 5 + 10 + ((1 + 128 + 1) * 4) + 5;

    private byte[] buffer = new byte[4_096];
    private int length;

    /// <summary>Encodes a row; the bytes are valid until the next call.</summary>
    /// <param name="account">The account, with its sums after the command.</param>
    /// <param name="lines">Its lines of the command, 1 or more.</param>
    /// <param name="orderedAtMicros">The command's time.</param>
    public ReadOnlySpan<byte> Encode(AccountState account, PostingJournal.LineList lines, long orderedAtMicros)
    {
        length = 0;
        Reserve(RowBytesMax);
        buffer[length++] = Version;
        Number((ulong)orderedAtMicros);
        var totals = account.Totals;
        Sum(totals.DebitsPosted);
        Sum(totals.CreditsPosted);
        Sum(totals.DebitsHeld);
        Sum(totals.CreditsHeld);
        var count = 0UL;
        foreach (ref readonly var line in lines)
        {
            count++;
        }

        Number(count);
        var source = PostingSource.None;
        foreach (ref readonly var line in lines)
        {
            Line(line, !ReferenceEquals(source, line.Source) && source != line.Source);
            source = line.Source;
        }

        return buffer.AsSpan(0, length);
    }

    private void Line(in JournalLine line, bool withSource)
    {
        Reserve(LineBytesMax);
        var withHold = line.HoldId.Length > 0;
        buffer[length++] = (byte)((int)line.State | (line.Direction == Direction.Credit ? HistoryRow.Credit : 0)
            | (withHold ? HistoryRow.WithHold : 0) | (withSource ? HistoryRow.WithSource : 0));
        buffer[length++] = (byte)line.Reason;
        Number(line.EffectIndex);
        Number(line.Part);
        Number((ulong)line.MinorUnits);
        if (withHold)
        {
            Text(line.HoldId);
        }

        if (withSource)
        {
            Text(line.Source.ReferenceId);
            Text(line.Source.WorkId);
            Text(line.Source.AgreementId);
            Number(line.Source.AgreementVersion);
        }
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - length < bytes)
        {
            Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + bytes));
        }
    }

    private void Number(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            buffer[length++] = (byte)(value | 0x80);
        }

        buffer[length++] = (byte)value;
    }

    private void Sum(UInt128 value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            buffer[length++] = (byte)((byte)value | 0x80);
        }

        buffer[length++] = (byte)value;
    }

    private void Text(string value)
    {
        Number((ulong)value.Length);
        length += Encoding.ASCII.GetBytes(value, buffer.AsSpan(length));
    }
}
