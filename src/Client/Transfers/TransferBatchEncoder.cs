using System.Text;

using KpGrpc.Client.Signing;
using KpGrpc.Client.Wire;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// Encodes a <c>CommandPayload</c> with a <c>TransferBatch</c> entry by entry, the same bytes as Google.Protobuf makes of
/// the same message (held by a test), at a tenth of the cost. Used again for the next command. Not thread-safe.
/// </summary>
internal sealed class TransferBatchEncoder
{
    /// <summary>Most entries of a command, by contract.</summary>
    public const int EntriesMax = 1_024;

    /// <summary>Most accounts of a command, by contract.</summary>
    public const int AccountsMax = 2_048;

    /// <summary>Most UTF-8 bytes of the accounts' ids, by contract.</summary>
    public const int AccountBytesMax = 16_384;

    private const int BodyField = 418;
    private const int EntryBytesMax = 2 + 18 + 3 + 3 + 10 + 11;

    // The contract's bound of an encoded body: its receipt, which repeats it, must fit an entry of the log.
    private const int BodyBytesMax = 55_296;

    private readonly byte[] envelope;
    private readonly byte[] currency;
    private readonly int entriesMax;
    private readonly byte[] accounts = new byte[AccountBytesMax + (3 * AccountsMax)];
    private readonly byte[] entries = new byte[EntriesMax * EntryBytesMax];
    private readonly Dictionary<string, uint> indices = new(StringComparer.Ordinal);
    private int accountIdBytes;
    private int accountsLength;
    private int entriesLength;

    /// <summary>Creates an encoder.</summary>
    /// <param name="signer">Whose ids stand in the payload.</param>
    /// <param name="currencyCode">Currency of all accounts.</param>
    /// <param name="exponent">Its exponent.</param>
    /// <param name="entriesMax">Most entries of one command, 1 to <see cref="EntriesMax"/>.</param>
    public TransferBatchEncoder(CommandSigner signer, string currencyCode, uint exponent, int entriesMax)
    {
        this.entriesMax = entriesMax;
        envelope = [.. Field(1, signer.NetworkId), .. Field(2, signer.LedgerId), .. Field(3, signer.OrganizationId)];
        byte[] exponentField = exponent == 0 ? [] : [2 << 3, (byte)exponent];
        currency = [.. Field(1, currencyCode), .. exponentField];
    }

    /// <summary>Entries so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>False where the command is full; one without entries takes any valid transfer.</returns>
    public bool TryAdd(in Transfer transfer)
    {
        var hasDebit = indices.TryGetValue(transfer.DebitAccountId, out var debit);
        var hasCredit = indices.TryGetValue(transfer.CreditAccountId, out var credit);
        var debitBytes = hasDebit ? 0 : Encoding.UTF8.GetByteCount(transfer.DebitAccountId);
        var creditBytes = hasCredit ? 0 : Encoding.UTF8.GetByteCount(transfer.CreditAccountId);
        if (Count >= entriesMax || indices.Count + 2 > AccountsMax || accountIdBytes + debitBytes + creditBytes > AccountBytesMax
            || currency.Length + accountsLength + entriesLength + debitBytes + creditBytes + 6 + EntryBytesMax > BodyBytesMax)
        {
            return false;
        }

        debit = hasDebit ? debit : AddAccount(transfer.DebitAccountId, debitBytes);
        credit = hasCredit ? credit : AddAccount(transfer.CreditAccountId, creditBytes);
        AddEntry(transfer, debit, credit);
        return true;
    }

    /// <summary>Encodes the payload and begins a new command.</summary>
    /// <param name="idempotencyKey">16 bytes.</param>
    /// <param name="notAfter">End of the command's window.</param>
    public byte[] Finish(ReadOnlySpan<byte> idempotencyKey, DateTimeOffset notAfter)
    {
        var bodyLength = currency.Length + accountsLength + entriesLength;
        var (seconds, nanos) = Split(notAfter);
        var timeLength = 1 + WireWriter.VarintBytes(seconds) + (nanos == 0 ? 0 : 1 + WireWriter.VarintBytes(nanos));
        var head = envelope.Length + 2 + idempotencyKey.Length + 2 + timeLength + 2;
        var payload = new byte[head + 2 + WireWriter.VarintBytes((ulong)bodyLength) + bodyLength];
        var writer = new WireWriter(payload);
        writer.Raw(envelope);
        writer.Bytes(4, idempotencyKey);
        writer.Head(6, timeLength);
        writer.Varint(1, seconds);
        if (nanos != 0)
        {
            writer.Varint(2, nanos);
        }

        writer.Varint(7, CommandSigner.SchemaVersion);
        writer.Head(BodyField, bodyLength);
        writer.Raw(currency);
        writer.Raw(accounts.AsSpan(0, accountsLength));
        writer.Raw(entries.AsSpan(0, entriesLength));
        Clear();
        return payload;
    }

    private static (ulong Seconds, ulong Nanos) Split(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return ((ulong)(ticks / TimeSpan.TicksPerSecond), (ulong)(ticks % TimeSpan.TicksPerSecond) * 100);
    }

    private static byte[] Field(int number, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[1 + WireWriter.VarintBytes((ulong)utf8.Length) + utf8.Length];
        new WireWriter(bytes).Bytes(number, utf8);
        return bytes;
    }

    private uint AddAccount(string id, int utf8Length)
    {
        var index = (uint)indices.Count;
        indices.Add(id, index);
        var writer = new WireWriter(accounts.AsSpan(accountsLength));
        writer.Text(3, id, utf8Length);
        accountsLength += writer.Position;
        accountIdBytes += utf8Length;
        return index;
    }

    private void AddEntry(in Transfer transfer, uint debit, uint credit)
    {
        var length = 2 + TransferId.Size + Bytes(debit) + Bytes(credit) + Bytes((ulong)transfer.AmountMinorUnits) + Bytes(transfer.Reference);
        var writer = new WireWriter(entries.AsSpan(entriesLength));
        writer.Head(4, length);
        writer.Head(1, TransferId.Size);
        writer.Raw(transfer.Id.High, transfer.Id.Low);
        Optional(ref writer, 2, debit);
        Optional(ref writer, 3, credit);
        Optional(ref writer, 4, (ulong)transfer.AmountMinorUnits);
        Optional(ref writer, 5, transfer.Reference);
        entriesLength += writer.Position;
        Count++;

        static int Bytes(ulong value) => value == 0 ? 0 : 1 + WireWriter.VarintBytes(value);
    }

    private static void Optional(ref WireWriter writer, int field, ulong value)
    {
        if (value != 0)
        {
            writer.Varint(field, value);
        }
    }

    private void Clear()
    {
        indices.Clear();
        (Count, accountIdBytes, accountsLength, entriesLength) = (0, 0, 0, 0);
    }
}
