using KpGrpc.Demo.Output;
using Xunit;

namespace KpGrpc.Demo.Tests.Output;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("微积分", 6, "微积分")]
    [InlineData("微积分", 5, "微积…")]
    [InlineData("微积分", 4, "微…")]
    public void Cut_Text_TakesAtMostTheColumns(string text, int width, string expected) => Assert.Equal(expected, CellText.Cut(text, width));
}
