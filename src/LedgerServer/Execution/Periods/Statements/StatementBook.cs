using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>Sums by organisation and currency; immutable.</summary>
/// <param name="Entries">One a key, ordered by organisation, then currency.</param>
internal sealed record StatementBook(IReadOnlyList<StatementEntry> Entries)
{
    /// <summary>A book without entries.</summary>
    public static StatementBook Empty { get; } = new([]);

    /// <summary>The sums of all organisations' accounts as they stand; an account without postings counts with zeros.</summary>
    public static StatementBook Of(IEnumerable<AccountState> accounts)
    {
        var sums = new SortedDictionary<StatementKey, StatementSums>();
        foreach (var account in accounts)
        {
            if (account.Account.Owner.OrganizationId is { } organizationId)
            {
                Add(sums, organizationId, account.Account.CurrencyCode, account.Totals.DebitsPosted, account.Totals.CreditsPosted);
            }
        }

        return Of(sums);
    }

    /// <summary>What a command has posted on organisations' accounts.</summary>
    public static StatementBook Posted(IEnumerable<Effect> effects, AccountTable accounts)
    {
        var sums = new SortedDictionary<StatementKey, StatementSums>();
        foreach (var posting in effects.OfType<Posting>().Where(posting => posting.State == PostingState.Posted))
        {
            if (accounts.Find(posting.AccountId)!.Account.Owner.OrganizationId is { } organizationId)
            {
                var amount = (UInt128)posting.Amount.MinorUnits;
                var isDebit = posting.Direction == Direction.Debit;
                Add(sums, organizationId, posting.Amount.CurrencyCode, isDebit ? amount : 0, isDebit ? 0 : amount);
            }
        }

        return Of(sums);
    }

    /// <summary>The sums of a key; zeros where it has none.</summary>
    public StatementSums Of(StatementKey key)
    {
        var (low, high) = (0, Entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Entries[middle].Key.CompareTo(key);
            if (order == 0)
            {
                return Entries[middle].Sums;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return default;
    }

    /// <summary>Both books added up.</summary>
    public StatementBook Plus(StatementBook other)
    {
        var sums = new SortedDictionary<StatementKey, StatementSums>(Entries.ToDictionary(entry => entry.Key, entry => entry.Sums));
        foreach (var (key, added) in other.Entries)
        {
            sums[key] = sums.GetValueOrDefault(key).Plus(added);
        }

        return Of(sums);
    }

    private static StatementBook Of(SortedDictionary<StatementKey, StatementSums> sums) =>
        new([.. sums.Select(entry => new StatementEntry(entry.Key, entry.Value))]);

    private static void Add(
        SortedDictionary<StatementKey, StatementSums> sums, string organizationId, string currencyCode, UInt128 debits, UInt128 credits)
    {
        var key = new StatementKey(organizationId, currencyCode);
        sums[key] = sums.GetValueOrDefault(key).Plus(new StatementSums(debits, credits));
    }
}
