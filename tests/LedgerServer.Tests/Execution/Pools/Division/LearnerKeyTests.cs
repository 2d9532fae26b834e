using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools.Division;

public sealed class LearnerKeyTests
{
    [Fact]
    public void Of_Pseudonyms_KeepTheirTextOrderAndEquality()
    {
        var low = new string('0', 63) + "f";
        var high = "f" + new string('0', 63);

        Assert.Equal(high, LearnerKey.Of(high).ToString());
        Assert.True(LearnerKey.Of(low).CompareTo(LearnerKey.Of(high)) < 0);
        Assert.Equal(LearnerKey.Of(low).GetHashCode(), LearnerKey.Of(low).GetHashCode());
        Assert.NotEqual(LearnerKey.Of(low), LearnerKey.Of(high));
    }
}
