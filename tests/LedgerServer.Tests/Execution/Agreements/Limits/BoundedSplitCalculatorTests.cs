using System.Numerics;
using CsCheck;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Limits;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements.Limits;

public sealed class BoundedSplitCalculatorTests
{
    private static readonly Gen<UInt128> Amount = Gen.OneOf(
        Gen.Long[0, 100], Gen.Long[0, 30_000], Gen.Long[0, long.MaxValue], Gen.Const(long.MaxValue)).Select(units => (UInt128)units);

    private static readonly Gen<BoundedShare> Share = Gen.Select(
        Gen.OneOf(Gen.Const(0U), Gen.UInt[0, 1_000_000], Gen.UInt[1, 3]), Amount, Amount, Gen.Int[0, 3]).Select((weight, a, b, bounds) =>
            new BoundedShare(
                weight, (bounds & 1) == 0 ? 0 : UInt128.Min(a, b), (bounds & 2) == 0 ? null : UInt128.Max(a, b)));

    private static readonly Gen<BoundedShare[]> Shares =
        Share.Array[1, 16].Where(shares => shares.Any(share => share is { Weight: > 0, Cap: null }));

    [Theory]
    [InlineData(1_000, new long[] { 500, 300, 200 })]
    [InlineData(10_000, new long[] { 6_250, 1_250, 2_500 })]
    [InlineData(100, new long[] { 31, 19, 50 })]
    [InlineData(30, new long[] { 0, 0, 30 })]
    public void Split_CapAndFloor_MoveTheRestByShares(long amount, long[] expected)
    {
        BoundedShare[] shares = [new(500_000, 0, null), new(300_000, 0, 1_250), new(200_000, 50, null)];

        Assert.Equal(
            expected,
            BoundedSplitCalculator.Split((UInt128)amount, shares, RoundingRule.LargestRemainder, 0).Select(part => (long)part));
    }

    [Fact]
    public void Split_AnyBounds_SumsToTheAmountAndKeepsThem() =>
        Gen.Select(Amount, Shares, Gen.Enum<RoundingRule>(), Gen.Int[0, 15]).Sample((amount, shares, rule, dust) =>
        {
            var parts = BoundedSplitCalculator.Split(amount, shares, rule, dust % shares.Length);

            Assert.Equal((BigInteger)amount, parts.Aggregate(BigInteger.Zero, (sum, part) => sum + (BigInteger)part));
            var left = (BigInteger)amount;
            for (var i = 0; i < shares.Length; i++)
            {
                var floor = BigInteger.Min(shares[i].Floor, left);
                left -= floor;
                Assert.True((BigInteger)parts[i] >= floor, $"{i}: {parts[i]} below {floor}");
                Assert.True(shares[i].Cap is null || parts[i] <= shares[i].Cap || parts[i] == (UInt128)floor, $"{i}: {parts[i]} above its cap");
            }
        });

    // Whoever could give does not stand better, by its weight, than whoever could take: up to the units of rounding.
    [Fact]
    public void Split_AnyBounds_GivesTheSameAUnitOfWeightBetweenThem() =>
        Gen.Select(Amount, Shares).Sample((amount, shares) =>
        {
            var parts = BoundedSplitCalculator.Split(amount, shares, RoundingRule.LargestRemainder, 0);

            for (var i = 0; i < shares.Length; i++)
            {
                for (var j = 0; j < shares.Length; j++)
                {
                    var mayGive = parts[i] > shares[i].Floor && shares[i].Weight > 0;
                    var mayTake = shares[j].Weight > 0 && (shares[j].Cap is null || parts[j] < shares[j].Cap);
                    if (mayGive && mayTake)
                    {
                        var (one, other) = ((BigInteger)parts[i] - 2, (BigInteger)parts[j] + 2);
                        Assert.True(one * shares[j].Weight <= other * shares[i].Weight, $"{i} {j}: {parts[i]} {parts[j]}");
                    }
                }
            }
        });

    [Fact]
    public void Split_WithoutBounds_IsThePlainSplit() =>
        Gen.Select(Amount, Gen.UInt[0, 1_000_000].Array[1, 16].Where(w => w.Any(x => x > 0)), Gen.Enum<RoundingRule>(), Gen.Int[0, 15])
        .Sample((amount, weights, rule, dust) => Assert.Equal(
            SplitCalculator.Split(amount, weights, rule, dust % weights.Length),
            BoundedSplitCalculator.Split(
                amount, [.. weights.Select(weight => new BoundedShare(weight, 0, null))], rule, dust % weights.Length)));

    [Fact]
    public void Split_EveryWeightCapped_Throws() =>
        Assert.Throws<ArgumentException>(() => BoundedSplitCalculator.Split(
            1, [new(1, 0, 1), new(0, 0, null)], RoundingRule.FloorToFirst, 0));
}
