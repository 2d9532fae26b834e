using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;
using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements;

public sealed class SplitCalculatorTests
{
    private static readonly Gen<uint[]> Weights =
        Gen.UInt[0, 1_000_000].Array[1, 16].Where(weights => weights.Any(weight => weight > 0));

    private static readonly Gen<UInt128> Amounts = Gen.OneOf(
        Gen.ULong[0, 100].Select(low => (UInt128)low),
        Gen.Long[0, long.MaxValue].Select(units => (UInt128)units),
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low)));

    public static TheoryData<string, string, string> VectorNames()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var entry in Cases())
        {
            var name = entry.GetProperty("name").GetString()!;
            data.Add(name, "floorLargestRemainder", nameof(RoundingRule.LargestRemainder));
            data.Add(name, "floorToFirst(numscript)", nameof(RoundingRule.FloorToFirst));
            data.Add(name, "floorOnlyThenDust(0xSplits,Story)", nameof(RoundingRule.FloorThenDust));
        }

        return data;
    }

    // The vectors were made for this project's issue tracker and reproduce figures printed by others; their origin stands
    // in the file itself.
    [Theory]
    [MemberData(nameof(VectorNames))]
    public void Split_Vector_GivesItsParts(string name, string column, string ruleName)
    {
        var rule = Enum.Parse<RoundingRule>(ruleName);
        var entry = Cases().Single(e => e.GetProperty("name").GetString() == name);
        var amount = UInt128.Parse(entry.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
        var weights = entry.GetProperty("weights").EnumerateArray().Select(w => w.GetUInt32()).ToArray();
        var expected = entry.GetProperty(column).EnumerateArray()
            .Select(p => UInt128.Parse(p.GetString()!, CultureInfo.InvariantCulture)).ToArray();

        if (rule == RoundingRule.FloorThenDust)
        {
            // The vectors list the rest after the parts, where there is one; here it goes to the party that is declared.
            var dust = expected.Length > weights.Length ? expected[^1] : 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var parts = expected[..weights.Length];
                parts[i] += dust;
                Assert.Equal(parts, SplitCalculator.Split(amount, weights, rule, i));
            }

            return;
        }

        Assert.Equal(expected, SplitCalculator.Split(amount, weights, rule, 0));
    }

    [Fact]
    public void Split_AnyRule_SumsToTheAmountAndStaysNextToTheQuota() =>
        Gen.Select(Amounts, Weights, Gen.Enum<RoundingRule>(), Gen.Int[0, 15]).Sample((amount, weights, rule, dust) =>
        {
            var dustIndex = dust % weights.Length;

            var parts = SplitCalculator.Split(amount, weights, rule, dustIndex);

            var whole = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
            Assert.Equal((BigInteger)amount, parts.Aggregate(BigInteger.Zero, (sum, part) => sum + (BigInteger)part));
            for (var i = 0; i < weights.Length; i++)
            {
                var floor = (BigInteger)amount * weights[i] / whole;
                var most = rule == RoundingRule.FloorThenDust
                    ? (i == dustIndex ? floor + weights.Length : floor)
                    : floor + (weights[i] > 0 ? 1 : 0);
                Assert.InRange((BigInteger)parts[i], floor, most);
            }

            Assert.Equal(parts, SplitCalculator.Split(amount, weights, rule, dustIndex));
        });

    [Fact]
    public void Split_LargestRemainder_LargerWeightNeverGetsLess() =>
        Gen.Select(Amounts, Weights).Sample((amount, weights) =>
        {
            var parts = SplitCalculator.Split(amount, weights, RoundingRule.LargestRemainder, 0);

            for (var i = 0; i < weights.Length; i++)
            {
                for (var j = 0; j < weights.Length; j++)
                {
                    Assert.True(weights[i] <= weights[j] || parts[i] >= parts[j]);
                    Assert.True(weights[i] != weights[j] || i > j || parts[i] >= parts[j]);
                }
            }
        });

    [Fact]
    public void Split_WeightZeroDeclaredFirst_GetsNoUnit() =>
        Assert.Equal([0, 1, 0], SplitCalculator.Split(1, [0, 1, 1], RoundingRule.FloorToFirst, 0));

    [Fact]
    public void Split_AllWeightsZero_Throws() =>
        Assert.Throws<ArgumentException>(() => SplitCalculator.Split(1, [0, 0], RoundingRule.FloorToFirst, 0));

    private static List<JsonElement> Cases()
    {
        using var stream = typeof(SplitCalculatorTests).Assembly.GetManifestResourceStream("split-rounding.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(e => e.Clone())];
    }
}
