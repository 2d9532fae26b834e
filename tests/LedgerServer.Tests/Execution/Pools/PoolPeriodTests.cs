using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class PoolPeriodTests
{
    private static readonly LearnerKey Learner = LearnerKey.Of(SampleCommands.Learner);

    [Fact]
    public void Division_AskedAgain_IsDividedAgainOnlyAfterAChange()
    {
        var held = new PoolPeriod("pool", "period");
        held.Pay(Learner, 100);
        held.Use(new UsageKey(Learner, "a"), 1);
        var first = held.Division(PoolMethod.ProRata);

        Assert.Same(first, held.Division(PoolMethod.ProRata));
        held.Use(new UsageKey(Learner, "b"), 3);
        Assert.Equal([25L, 75], held.Division(PoolMethod.ProRata).Select(part => part.MinorUnits));
        held.Pay(Learner, 100);
        Assert.Equal([50L, 150], held.Division(PoolMethod.ProRata).Select(part => part.MinorUnits));
    }

    [Fact]
    public void NewPayersFor_AnotherPeriod_CountsThoseItDoesNotKnow()
    {
        var (held, other) = (new PoolPeriod("pool", "period"), new PoolPeriod("pool", "next"));
        held.Pay(Learner, 1);
        held.Pay(LearnerKey.Of(PoolCommands.OtherLearner), 1);
        other.Pay(Learner, 1);

        Assert.Equal((2, 1, 0), (held.NewPayersFor(null), held.NewPayersFor(other), other.NewPayersFor(held)));
    }
}
