using KpGrpc.Demo.Output;
using KpGrpc.Protos.Type.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Output;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData(2_000, "USD", 2, "20.00 USD")]
    [InlineData(5, "USD", 2, "0.05 USD")]
    [InlineData(-1_234, "EUR", 2, "-12.34 EUR")]
    [InlineData(300, "JPY", 0, "300 JPY")]
    [InlineData(1, "KWD", 3, "0.001 KWD")]
    [InlineData(long.MinValue, "EUR", 2, "-92233720368547758.08 EUR")]
    public void Of_Amount_IsExact(long minorUnits, string code, uint exponent, string expected) =>
        Assert.Equal(expected, MoneyText.Of(new Money { MinorUnits = minorUnits, CurrencyCode = code, Exponent = exponent }));

    [Fact]
    public void Of_Nothing_IsADash() => Assert.Equal("-", MoneyText.Of(null));
}
