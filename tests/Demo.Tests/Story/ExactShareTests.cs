using KpGrpc.Demo.Story;
using KpGrpc.Protos.Type.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Story;

public sealed class ExactShareTests
{
    [Theory]
    [InlineData(2_000, 2, 700_003u, "14.000060")]
    [InlineData(1, 2, 64_999u, "0.000649")]
    [InlineData(100, 0, 149_999u, "14.9999")]
    [InlineData(long.MaxValue, 2, 1_000_000u, "92233720368547758.070000")]
    public void Of_Share_HasFourDigitsBehindTheSmallestUnit(long minorUnits, uint exponent, uint ppm, string expected) =>
        Assert.Equal(expected, ExactShare.Of(new Money { MinorUnits = minorUnits, CurrencyCode = "EUR", Exponent = exponent }, ppm));
}
