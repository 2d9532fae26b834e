using System.Numerics;
using CsCheck;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools.Division;

public sealed class PoolDivisionTests
{
    private static readonly Gen<long> Amount = Gen.OneOf(Gen.Long[1, 20], Gen.Long[1, 1_000_000], Gen.Long[1, long.MaxValue / 8]);
    private static readonly Gen<ulong> Units = Gen.OneOf(Gen.ULong[1, 5], Gen.ULong[1, 1UL << 40], Gen.Const(1UL << 52));
    private static readonly Gen<(int Learner, long Amount)[]> Payments = Gen.Select(Gen.Int[0, 5], Amount).Array[0, 8];
    private static readonly Gen<(int Learner, int Work, ulong Units)[]> Uses =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 11], Units).Array[1, 40];

    [Fact]
    public void Divide_ProRata_IsExactAndAgreesWithTheModel() => Check(PoolMethod.ProRata, (paid, used, works) =>
        Largest(paid.Values.Aggregate(BigInteger.Zero, (sum, amount) => sum + amount), works));

    [Fact]
    public void Divide_UserCentric_IsExactAndAgreesWithTheModel() => Check(PoolMethod.UserCentric, (paid, used, works) =>
    {
        var parts = works.ToDictionary(work => work.Key, _ => BigInteger.Zero);
        var others = BigInteger.Zero;
        foreach (var (learner, amount) in paid)
        {
            var own = used.Where(u => u.Key.Learner == learner).ToDictionary(u => u.Key.Work, u => u.Value);
            others += own.Count == 0 ? amount : 0;
            foreach (var (work, part) in own.Count == 0 ? [] : Largest(amount, own))
            {
                parts[work] += part;
            }
        }

        foreach (var (work, part) in Largest(others, works))
        {
            parts[work] += part;
        }

        return parts;
    });

    [Fact]
    public void Divide_EqualRemainders_GoToTheLowerWorkIdByItsBytes()
    {
        var usage = new[] { "b", "a", "B" }.Select(work => new LearnerUsage(new UsageKey(Learner(0), work), 1)).Order(ByKey).ToArray();

        var parts = PoolDivision.Divide(PoolMethod.ProRata, [new LearnerPayment(Learner(0), 5)], usage);

        Assert.Equal([new("B", 1, 2), new("a", 1, 2), new("b", 1, 1)], parts);
    }

    [Fact]
    public void Divide_LargestSums_StayExact()
    {
        var usage = new[] { new LearnerUsage(new UsageKey(Learner(0), "a"), long.MaxValue - 1), new LearnerUsage(new UsageKey(Learner(0), "b"), 1) };

        var parts = PoolDivision.Divide(PoolMethod.UserCentric, [new LearnerPayment(Learner(0), long.MaxValue)], usage);

        Assert.Equal([long.MaxValue - 1, 1], parts.Select(part => part.MinorUnits));
    }

    private static Comparer<LearnerUsage> ByKey { get; } = Comparer<LearnerUsage>.Create((a, b) => a.Key.CompareTo(b.Key));

    private static void Check(
        PoolMethod method,
        Func<Dictionary<int, BigInteger>, Dictionary<(int Learner, string Work), BigInteger>, Dictionary<string, BigInteger>, Dictionary<string, BigInteger>> model) =>
        Gen.Select(Payments, Uses, Gen.Int[0, 1_000]).Sample(
            (payments, uses, seed) =>
            {
                var parts = Divide(method, payments, uses);
                var paid = payments.GroupBy(p => p.Learner).ToDictionary(g => g.Key, g => Sum(g.Select(p => (BigInteger)p.Amount)));
                var used = uses.GroupBy(u => (u.Learner, WorkId(u.Work))).ToDictionary(g => g.Key, g => Sum(g.Select(u => (BigInteger)u.Units)));
                var works = used.GroupBy(u => u.Key.Item2).ToDictionary(g => g.Key, g => Sum(g.Select(u => u.Value)));

                var expected = model(paid, used, works).OrderBy(part => part.Key, StringComparer.Ordinal);
                Assert.Equal(expected.Select(part => (part.Key, part.Value)), parts.Select(part => (part.WorkId, (BigInteger)part.MinorUnits)));
                Assert.Equal(Sum(paid.Values), Sum(parts.Select(part => (BigInteger)part.MinorUnits)));
                Assert.Equal(works.Values.Aggregate(BigInteger.Zero, (a, b) => a + b), Sum(parts.Select(part => (BigInteger)part.Units)));

                var random = new Random(seed);
                Assert.Equal(parts, Divide(method, Shuffled(payments, random), Shuffled(uses, random)));
            },
            iter: 3_000,
            threads: 1);

    private static IReadOnlyList<WorkPart> Divide(
        PoolMethod method, (int Learner, long Amount)[] payments, (int Learner, int Work, ulong Units)[] uses)
    {
        var held = new PoolPeriod("pool", "period");
        foreach (var (learner, amount) in payments)
        {
            held.Pay(Learner(learner), amount);
        }

        foreach (var (learner, work, units) in uses)
        {
            held.Use(new UsageKey(Learner(learner), WorkId(work)), units);
        }

        return PoolDivision.Divide(method, held.Payments(), held.Usage());
    }

    // Sorts all exact quotas at once where the engine divides and compares remainders.
    private static Dictionary<string, BigInteger> Largest(BigInteger amount, Dictionary<string, BigInteger> weights)
    {
        var whole = Sum(weights.Values);
        var parts = weights.ToDictionary(w => w.Key, w => amount * w.Value / whole);
        var left = (int)(amount - Sum(parts.Values));
        foreach (var (work, _) in weights.OrderByDescending(w => amount * w.Value % whole).ThenBy(w => w.Key, StringComparer.Ordinal).Take(left))
        {
            parts[work]++;
        }

        return parts;
    }

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + value);

    private static T[] Shuffled<T>(T[] items, Random random)
    {
        var copy = items.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    private static LearnerKey Learner(int index) => LearnerKey.Of(new string("0369bdf"[index], 64));

    // In other orders by text, number and culture.
    private static string WorkId(int index) => (index % 2 == 0 ? "w" : "W") + (index * 3);
}
