using CsCheck;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Refunds;

namespace KpGrpc.LedgerServer.Tests.Execution.Refunds;

public sealed class RemainingSharesTests
{
    // vectors/split-rounding.json, recommendedRefund.
    [Fact]
    public void Divide_TheExampleOfTheVectors_GivesItsParts()
    {
        var remaining = new long[] { 7_000, 2_000, 700, 300 };
        var steps = new (long Refund, long[] Parts)[]
        {
            (3_333, [2_333, 667, 233, 100]), (3_333, [2_333, 666, 234, 100]), (3_334, [2_334, 667, 233, 100]),
        };
        foreach (var (refund, expected) in steps)
        {
            var parts = Of(remaining).Divide(refund);
            Assert.Equal(expected, parts);
            remaining = [.. remaining.Zip(parts, (left, part) => left - part)];
        }

        Assert.All(remaining, left => Assert.Equal(0, left));
    }

    [Fact]
    public void Divide_AnyRefundsInARow_AreExactAndNeverNegativeOrMoreThanRemains() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 16].Array[1, 16], Gen.Long[0, long.MaxValue].Array[1, 8]).Sample((shares, refunds) =>
        {
            var remaining = shares;
            foreach (var refund in refunds.Append(long.MaxValue))
            {
                var total = remaining.Sum();
                var amount = refund == long.MaxValue ? total : Math.Min(total, refund % (total + 1));
                var parts = Of(remaining).Divide(amount);
                Assert.Equal(amount, parts.Sum());
                Assert.All(parts.Zip(remaining), pair => Assert.InRange(pair.First, 0, pair.Second));
                remaining = [.. remaining.Zip(parts, (left, part) => left - part)];
            }

            Assert.All(remaining, left => Assert.Equal(0, left));
        });

    private static RemainingShares Of(long[] shares) => RemainingShares.After(
        new SplitResult
        {
            AgreementId = "agreement",
            AgreementVersion = 1,
            RevenueKind = RevenueKind.Sale,
            Rounding = RoundingRule.LargestRemainder,
            Amount = SampleCommands.Eur(shares.Sum()),
            Lines = [.. shares.Select(share => new SplitLine("o", Role.Producer, 0, SampleCommands.Eur(share), "a"))],
        },
        []);
}
