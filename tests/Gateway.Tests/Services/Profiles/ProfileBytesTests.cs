using KpGrpc.Gateway.Services.Profiles;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.Gateway.Tests.Services.Profiles;

public sealed class ProfileBytesTests
{
    // Nothing but the counters' own work may be left; a task or an answer a call would be 10,000 times this.
    private const long BytesPerThousandCallsMax = 8_000;

    [Fact]
    public async Task ReadBytesAsync_ProfileInMemory_AllocatesNothing()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Cache:WorkFresh=00:10:00", "Gateway:Cache:ProfileFresh=00:10:00", "Gateway:Cache:RevalidateAfter=00:00:01");
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-1", TestContext.Current.CancellationToken);
        var reader = fixture.Gateway.Services.GetRequiredService<ProfileReader>();
        var request = new GetProfileRequest { LearnerId = "alice", LanguageTag = "zh" };

        // A second is over on a busy machine now and then, and then one call of the thousand asks Redis.
        var least = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var bytes = await reader.ReadBytesAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("睡个好觉", Assert.Single(GetProfileResponse.Parser.ParseFrom(bytes).Profile.RecentWorks).Title);
            least = Math.Min(least, await AllocatedByThousandCallsAsync(reader, request));
        }

        Assert.InRange(least, 0, BytesPerThousandCallsMax);
    }

    private static async Task<long> AllocatedByThousandCallsAsync(ProfileReader reader, GetProfileRequest request)
    {
        var thread = Environment.CurrentManagedThreadId;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1_000; call++)
        {
            await reader.ReadBytesAsync(request, CancellationToken.None);
        }

        return Environment.CurrentManagedThreadId == thread ? GC.GetAllocatedBytesForCurrentThread() - before : long.MaxValue;
    }
}
