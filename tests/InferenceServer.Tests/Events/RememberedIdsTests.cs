using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Tests.Events;

public sealed class RememberedIdsTests
{
    [Fact]
    public void Classify_BeyondTheBound_ForgetsTheOldest()
    {
        var ids = new RememberedIds(3);
        Assert.All(Enumerable.Range(0, 5), id => Assert.Equal(EventOutcome.Accepted, ids.Classify(Event(id))));

        Assert.Equal(EventOutcome.Duplicate, ids.Classify(Event(2)));
        Assert.Equal(EventOutcome.Conflict, ids.Classify(Event(4) with { Body = new byte[] { 9 } }));
        Assert.Equal(EventOutcome.Accepted, ids.Classify(Event(1)));
    }

    [Fact]
    public void Forget_TheNewest_KeepsTheOlderOnesAndTheirOrder()
    {
        var ids = new RememberedIds(3);
        Assert.All(Enumerable.Range(0, 5), id => ids.Classify(Event(id)));

        ids.Forget(2);

        Assert.Equal(EventOutcome.Duplicate, ids.Classify(Event(2)));
        Assert.All(Enumerable.Range(3, 3), id => Assert.Equal(EventOutcome.Accepted, ids.Classify(Event(id))));
        Assert.Equal(EventOutcome.Accepted, ids.Classify(Event(2)));
    }

    [Fact]
    public void Classify_MoreThanTheFirstCapacity_RemembersAll()
    {
        var ids = new RememberedIds(3_000);
        Assert.All(Enumerable.Range(0, 3_000), id => Assert.Equal(EventOutcome.Accepted, ids.Classify(Event(id))));
        Assert.All(Enumerable.Range(0, 3_000), id => Assert.Equal(EventOutcome.Duplicate, ids.Classify(Event(id))));
    }

    private static LearnerEvent Event(int id) => new((UInt128)(uint)id, "u", "w", EventKind.View, 0, null, new byte[] { 1 });
}
