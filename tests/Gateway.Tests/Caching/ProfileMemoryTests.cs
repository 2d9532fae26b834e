using KpGrpc.Gateway.Caching;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Tests.Caching;

public sealed class ProfileMemoryTests
{
    [Fact]
    public void Set_MoreEntriesThanAllowed_KeepsThoseThatAreRead()
    {
        var memory = Create(new CacheOptions { MemoryEntriesMax = 10 });
        memory.Set("hot", Entry(1));
        for (var index = 0; index < 1_000; index++)
        {
            memory.Set($"cold-{index}", Entry(1));
            Assert.NotNull(memory.Find("hot", 0));
            Assert.InRange(memory.Count, 1, 10);
        }

        Assert.Null(memory.Find("cold-0", 0));
    }

    [Fact]
    public void Set_MoreBytesThanAllowed_StaysBelowTheBound()
    {
        var limits = new CacheOptions { MemoryBytesMax = 100_000 };
        var memory = Create(limits);
        for (var index = 0; index < 1_000; index++)
        {
            memory.Set($"learner-{index % 50}", Entry(1_000 + index));
            Assert.InRange(memory.Bytes, 1, limits.MemoryBytesMax);
        }

        memory.Set("learner-1", Entry(100_001));
        Assert.Null(memory.Find("learner-1", 0));
        for (var index = 0; index < 50; index++)
        {
            memory.Remove($"learner-{index}");
        }

        Assert.Equal((0, 0L), (memory.Count, memory.Bytes));
    }

    private static ProfileMemory Create(CacheOptions options) => new(Options.Create(options), TimeProvider.System);

    private static ProfileEntry Entry(int bytes) => new(new byte[bytes], Guid.NewGuid(), 0, 0);
}
