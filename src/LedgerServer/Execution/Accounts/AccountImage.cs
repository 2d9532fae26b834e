using System.Buffers;
using System.Buffers.Binary;

using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Accounts with their sums in a snapshot, in a form of its own because there may be millions.</summary>
internal static class AccountImage
{
    private const int SumBytes = 2 * sizeof(ulong);
    private const int SumsBytes = 4 * SumBytes;
    private const int ChunkAccounts = 1 << 15;

    /// <summary>Copies the sums now, into arrays that are used again, and writes later.</summary>
    public static void Save(StateWriter writer, IReadOnlyList<AccountState> accounts)
    {
        var count = accounts.Count;
        writer.Compact(output => output.Write(count));
        for (var first = 0; first < count; first += ChunkAccounts)
        {
            writer.Compact(Capture(accounts, first, Math.Min(ChunkAccounts, count - first)));
        }
    }

    private static Action<BinaryWriter> Capture(IReadOnlyList<AccountState> accounts, int first, int count)
    {
        var captured = ArrayPool<(AccountState State, AccountTotals Totals)>.Shared.Rent(ChunkAccounts);
        for (var i = 0; i < count; i++)
        {
            captured[i] = (accounts[first + i], accounts[first + i].Totals);
        }

        return output =>
        {
            foreach (ref readonly var item in captured.AsSpan(0, count))
            {
                output.Write(item.State.Ordinal);
                Write(output, item.State.Account);
                Write(output, item.Totals);
            }

            ArrayPool<(AccountState State, AccountTotals Totals)>.Shared.Return(captured, clearArray: true);
        };
    }

    /// <summary>Reads back what was saved, in the order of saving.</summary>
    public static AccountState[] Load(StateReader reader)
    {
        var input = reader.Compact;
        var accounts = new AccountState[reader.Count(bytesEach: SumsBytes)];
        Span<byte> sums = stackalloc byte[SumsBytes];
        for (var i = 0; i < accounts.Length; i++)
        {
            var ordinal = input.ReadUInt32();
            accounts[i] = new AccountState(ReadAccount(input), ordinal);
            input.BaseStream.ReadExactly(sums);
            accounts[i].Set(new AccountTotals(SumAt(sums, 0), SumAt(sums, 1), SumAt(sums, 2), SumAt(sums, 3)));
        }

        return accounts;
    }

    private static void Write(BinaryWriter output, Account account)
    {
        output.Write(account.AccountId);
        output.Write(account.Owner.LearnerPseudonym is not null);
        output.Write(account.Owner.LearnerPseudonym ?? account.Owner.OrganizationId!);
        output.Write((byte)account.Kind);
        output.Write(account.CurrencyCode);
        output.Write((byte)account.Exponent);
        output.Write(account.Limits.OverdraftMinorUnits);
        output.Write(account.Limits.BalanceMaxMinorUnits);
        output.Write(account.OpenedAtSequence);
        output.Write(account.OpenedByOrganizationId);
    }

    private static Account ReadAccount(BinaryReader input)
    {
        var id = input.ReadString();
        var owner = input.ReadBoolean()
            ? AccountOwner.Learner(input.ReadString())
            : AccountOwner.Organization(StringPool.Share(input.ReadString()));
        return new Account
        {
            AccountId = id,
            Owner = owner,
            Kind = (AccountKind)input.ReadByte(),
            CurrencyCode = StringPool.Share(input.ReadString()),
            Exponent = input.ReadByte(),
            Limits = new AccountLimits(input.ReadInt64(), input.ReadInt64()),
            OpenedAtSequence = input.ReadUInt64(),
            OpenedByOrganizationId = StringPool.Share(input.ReadString()),
        };
    }

    private static void Write(BinaryWriter output, in AccountTotals totals)
    {
        Write(output, totals.DebitsPosted);
        Write(output, totals.CreditsPosted);
        Write(output, totals.DebitsHeld);
        Write(output, totals.CreditsHeld);
    }

    private static void Write(BinaryWriter output, UInt128 sum)
    {
        output.Write((ulong)(sum >> 64));
        output.Write((ulong)sum);
    }

    private static UInt128 SumAt(ReadOnlySpan<byte> sums, int index)
    {
        var sum = sums[(index * SumBytes)..];
        return new UInt128(BinaryPrimitives.ReadUInt64LittleEndian(sum), BinaryPrimitives.ReadUInt64LittleEndian(sum[sizeof(ulong)..]));
    }
}
