using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools.Division;

public sealed class LargestRemainderTests
{
    [Theory]
    [InlineData(0, new ulong[] { 1, 2 }, new long[] { 0, 0 })]
    [InlineData(1, new ulong[] { 1, 1, 1 }, new long[] { 1, 0, 0 })]
    [InlineData(2, new ulong[] { 1, 1, 1 }, new long[] { 1, 1, 0 })]
    [InlineData(10, new ulong[] { 1, 2, 3 }, new long[] { 2, 3, 5 })]
    [InlineData(7, new ulong[] { 9, 1 }, new long[] { 6, 1 })]
    [InlineData(long.MaxValue, new ulong[] { long.MaxValue }, new long[] { long.MaxValue })]
    public void Add_Amount_GivesTheLastUnitsToTheLargestRemainders(long amount, ulong[] weights, long[] expected)
    {
        var parts = new long[weights.Length];

        LargestRemainder.Add(amount, weights, parts);

        Assert.Equal(expected, parts);
    }
}
