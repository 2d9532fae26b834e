using KpGrpc.Perf.Harness.Measuring;

namespace KpGrpc.LoadTest.Accounts;

/// <summary>Chooses accounts: by Zipf's law, where the account of rank k is chosen k^-s as often as the first, or uniformly. Thread-safe.</summary>
internal sealed class AccountSampler
{
    private readonly int accounts;
    private readonly double[]? cumulated;

    private AccountSampler(int accounts, double[]? cumulated) => (this.accounts, this.cumulated) = (accounts, cumulated);

    /// <summary>Every account as often as any other.</summary>
    public static AccountSampler Uniform(int accounts) => new(accounts, null);

    /// <summary>Zipf's law over all accounts.</summary>
    /// <param name="accounts">How many there are.</param>
    /// <param name="exponent">The law's exponent; 2 makes the first account 61 % of all choices.</param>
    public static AccountSampler Zipf(int accounts, double exponent)
    {
        var cumulated = new double[accounts];
        var sum = 0.0;
        for (var i = 0; i < accounts; i++)
        {
            cumulated[i] = sum += Math.Pow(i + 1, -exponent);
        }

        for (var i = 0; i < accounts; i++)
        {
            cumulated[i] /= sum;
        }

        return new AccountSampler(accounts, cumulated);
    }

    /// <summary>Two different accounts; both sides follow the law.</summary>
    public (int Debit, int Credit) Pair(FastRandom random)
    {
        var debit = One(random);
        var credit = One(random);
        return (debit, credit == debit ? (credit + 1) % accounts : credit);
    }

    private int One(FastRandom random)
    {
        if (cumulated is null)
        {
            return (int)(random.Next() % (ulong)accounts);
        }

        var part = random.NextDouble();
        for (var i = 0; i < 8; i++)
        {
            if (part < cumulated[i])
            {
                return i;
            }
        }

        var found = Array.BinarySearch(cumulated, part);
        return Math.Min(found < 0 ? ~found : found + 1, accounts - 1);
    }
}
