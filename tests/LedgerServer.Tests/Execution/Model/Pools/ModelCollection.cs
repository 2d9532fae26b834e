using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>What a pool collected for one period.</summary>
internal sealed class ModelCollection
{
    public Dictionary<string, BigInteger> Paid { get; } = [];

    public Dictionary<(string Learner, string Work), BigInteger> Used { get; } = [];

    public bool IsSettled { get; set; }

    public BigInteger Sum => Add(Paid.Values);

    /// <summary>Each used work's part, by the words of the design document: sorts where the engine walks.</summary>
    public Dictionary<string, BigInteger> Divide(bool isUserCentric)
    {
        var works = Used.Keys.Select(use => use.Work).Distinct().Order(StringComparer.Ordinal).ToArray();
        var parts = works.ToDictionary(work => work, _ => BigInteger.Zero);
        var over = BigInteger.Zero;
        foreach (var (learner, paid) in Paid)
        {
            var own = Used.Where(use => use.Key.Learner == learner).ToDictionary(use => use.Key.Work, use => use.Value);
            if (isUserCentric && own.Count > 0)
            {
                Largest(paid, own, parts);
            }
            else
            {
                over += paid;
            }
        }

        Largest(over, works.ToDictionary(work => work, UnitsOf), parts);
        return parts;
    }

    public BigInteger UnitsOf(string work) => Add(Used.Where(use => use.Key.Work == work).Select(use => use.Value));

    private static void Largest(BigInteger amount, Dictionary<string, BigInteger> weights, Dictionary<string, BigInteger> parts)
    {
        var whole = Add(weights.Values);
        foreach (var (work, weight) in weights)
        {
            parts[work] += amount * weight / whole;
        }

        var left = amount - Add(weights.Values.Select(weight => amount * weight / whole));
        foreach (var (work, _) in weights.OrderByDescending(w => amount * w.Value % whole)
            .ThenBy(w => w.Key, StringComparer.Ordinal).Take((int)left))
        {
            parts[work]++;
        }
    }

    private static BigInteger Add(IEnumerable<BigInteger> amounts) => amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + amount);
}
