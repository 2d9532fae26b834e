using KpGrpc.Demo.Data;
using Xunit;

namespace KpGrpc.Demo.Tests.Data;

public sealed class PriceRuleTests
{
    [Fact]
    public void CentsOf_KnownWork_IsTheQuantileOfItsHash()
    {
        // SHA-256("abc") starts with ba7816bf8f01cfea: 0.7284 of 2^64, so the 8th of 10 sorted prices.
        var rule = new PriceRule([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);

        Assert.Equal(800, rule.CentsOf("abc"));
    }

    [Fact]
    public void CentsOf_SameWork_IsAlwaysTheSame() =>
        Assert.Equal(new PriceRule([20, 50, 200]).CentsOf("C_1"), new PriceRule([200, 20, 50]).CentsOf("C_1"));

    [Fact]
    public void CentsOf_ManyWorks_HaveTheShapeOfTheDistribution()
    {
        var rule = new PriceRule([20, 20, 20, 200]);

        var cheap = Enumerable.Range(0, 10_000).Count(number => rule.CentsOf($"work-{number}") == 2_000);

        Assert.InRange(cheap, 7_300, 7_700);
    }

    [Fact]
    public void New_NoPrice_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new PriceRule([]));
}
