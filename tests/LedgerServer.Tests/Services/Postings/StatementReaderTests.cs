using KpGrpc.LedgerServer.Services.Postings;

namespace KpGrpc.LedgerServer.Tests.Services.Postings;

public sealed class StatementReaderTests
{
    [Fact]
    public void Money_SumOfSeveralAccountsBeyondOneMoney_ReadsAsTheGreatestOrLeast()
    {
        var sum = (Int128)long.MaxValue * 3;
        Assert.Equal(long.MaxValue, StatementReader.Money(sum, "EUR", 2).MinorUnits);
        Assert.Equal(-long.MaxValue, StatementReader.Money(-sum, "EUR", 2).MinorUnits);
        Assert.Equal(-5, StatementReader.Money(-5, "EUR", 2).MinorUnits);
    }
}
