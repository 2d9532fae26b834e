using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>What one command posted to one account, read from the store. The encoding is <see cref="HistoryEncoder"/>'s.</summary>
/// <param name="Sequence">The command.</param>
/// <param name="Totals">The account's sums right after it.</param>
/// <param name="Postings">Its postings of the account, in order.</param>
internal sealed record HistoryRow(ulong Sequence, AccountTotals Totals, IReadOnlyList<AccountPosting> Postings)
{
    internal const int Credit = 4;
    internal const int WithHold = 8;
    internal const int WithSource = 16;

    private const byte Version = 1;
    private const int StateBits = 3;
    private const int AllFlags = StateBits | Credit | WithHold | WithSource;

    /// <summary>Decodes a row.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="sequence">The sequence in its key.</param>
    /// <param name="account">The account.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a row: the store is damaged.</exception>
    public static HistoryRow Decode(ReadOnlySpan<byte> bytes, ulong sequence, Account account)
    {
        var reader = new HistoryReader(bytes);
        if (reader.Byte() != Version)
        {
            throw HistoryReader.Damaged();
        }

        var orderedAt = reader.Whole();
        var totals = new AccountTotals(reader.Sum(), reader.Sum(), reader.Sum(), reader.Sum());
        var postings = new AccountPosting[reader.Count()];
        var source = PostingSource.None;
        for (var i = 0; i < postings.Length; i++)
        {
            postings[i] = Line(ref reader, account, ref source) with { Sequence = sequence, OrderedAtMicros = orderedAt };
        }

        reader.End();
        return new HistoryRow(sequence, totals, postings);
    }

    private static AccountPosting Line(ref HistoryReader reader, Account account, ref PostingSource source)
    {
        var flags = reader.Byte();
        var (state, reason) = ((PostingState)(flags & StateBits), (PostingReason)reader.Byte());
        if (flags > AllFlags || !Enum.IsDefined(state) || !Enum.IsDefined(reason))
        {
            throw HistoryReader.Damaged();
        }

        var (effect, part) = (reader.Small(), reader.Small());
        var amount = new Money(reader.Whole(), account.CurrencyCode, account.Exponent);
        var hold = (flags & WithHold) == 0 ? "" : reader.Text();
        source = (flags & WithSource) == 0 ? source : new PostingSource(reader.Text(), reader.Text(), reader.Text(), reader.Small());
        var direction = (flags & Credit) == 0 ? Direction.Debit : Direction.Credit;
        return new AccountPosting
        {
            Sequence = 0,
            OrderedAtMicros = 0,
            EffectIndex = effect,
            Part = part,
            Posting = new Posting(account.AccountId, direction, amount, state, reason, hold),
            ReferenceId = source.ReferenceId,
            WorkId = source.WorkId,
            AgreementId = source.AgreementId,
            AgreementVersion = source.AgreementVersion,
        };
    }
}
