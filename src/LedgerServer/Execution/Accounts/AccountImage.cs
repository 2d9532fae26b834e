using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Accounts with their sums in a snapshot, in a form of its own because there may be millions.</summary>
internal static class AccountImage
{
    private const int SumBytes = 2 * sizeof(ulong);

    /// <summary>Copies the sums now and writes later.</summary>
    public static void Save(StateWriter writer, IReadOnlyList<AccountState> accounts)
    {
        var captured = new (Account Account, uint Ordinal, AccountTotals Totals)[accounts.Count];
        for (var i = 0; i < captured.Length; i++)
        {
            captured[i] = (accounts[i].Account, accounts[i].Ordinal, accounts[i].Totals);
        }

        writer.Compact(output =>
        {
            output.Write(captured.Length);
            foreach (ref readonly var item in captured.AsSpan())
            {
                output.Write(item.Ordinal);
                Write(output, item.Account);
                Write(output, item.Totals);
            }
        });
    }

    /// <summary>Reads back what was saved, in the order of saving.</summary>
    public static AccountState[] Load(StateReader reader)
    {
        var input = reader.Compact;
        var accounts = new List<AccountState>();
        for (var count = reader.Count(bytesEach: SumBytes * 4); count > 0; count--)
        {
            var ordinal = input.ReadUInt32();
            var state = new AccountState(ReadAccount(input), ordinal);
            state.Set(new AccountTotals(ReadSum(input), ReadSum(input), ReadSum(input), ReadSum(input)));
            accounts.Add(state);
        }

        return [.. accounts];
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

    private static UInt128 ReadSum(BinaryReader input)
    {
        var high = input.ReadUInt64();
        return new UInt128(high, input.ReadUInt64());
    }
}
