using System.Diagnostics;

using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Caching;

public sealed class ProfileCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly GetProfileRequest Alice = new() { LearnerId = "alice" };

    [Fact]
    public async Task GetProfile_ManyAtOnce_FetchOnceAndOutliveTheFirstCaller()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Inference.HoldProfiles = hold;
        using var first = fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        await TimeLimit.UntilAsync(() => Task.FromResult(fixture.Inference.ProfileReads == 1), "the fetch");
        var rest = Enumerable.Range(0, 50).Select(_ => fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel).ResponseAsync).ToArray();
        first.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => first.ResponseAsync);
        hold.SetResult();

        var answers = await Task.WhenAll(rest).WithinAsync("all answers");

        Assert.All(answers, answer => Assert.False(answer.Degraded));
        Assert.Equal(1, fixture.Inference.ProfileReads);
    }

    [Fact]
    public async Task GetProfile_InferenceHangs_ShowsTheLastOneSoon()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Cache:ProfileFresh=00:00:00.001", "Gateway:Cache:StaleAfter=00:00:00.100");
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        fixture.Inference.HoldProfiles = new TaskCompletionSource();

        var watch = Stopwatch.StartNew();
        var answer = await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel).ResponseAsync.WithinAsync("the old one");

        Assert.True(answer.Degraded);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task GetProfile_NearTheEndOfItsFreshness_IsRenewedBeforeAnybodyWaits()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Cache:ProfileFresh=00:00:06");
        await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel);
        // From here no answer comes from the fetch itself, so whoever had to wait for one would get an old one, marked.
        await TimeLimit.UntilAsync(
            async () =>
            {
                Assert.False((await fixture.Learner.GetProfileAsync(Alice, cancellationToken: Cancel)).Degraded);
                if (fixture.Inference.ProfileReads == 1)
                {
                    fixture.Inference.HoldProfiles = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                return fixture.Inference.ProfileReads == 2;
            },
            "a renewal");
        fixture.Inference.HoldProfiles!.SetResult();
        fixture.Inference.HoldProfiles = null;
    }

    [Fact]
    public async Task GetProfile_OtherLanguagesAndMasks_AreNotMixedUp()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:Cache:WorkFresh=00:01:00");
        await GatewayFixture.ViewAsync(fixture.Gateway, "alice", "w-1", Cancel);
        foreach (var (tag, title) in (IEnumerable<(string, string)>)[("en", "Sleep well"), ("en", "Sleep well"), ("zh", "睡个好觉"), ("en", "Sleep well")])
        {
            var request = new GetProfileRequest { LearnerId = "alice", LanguageTag = tag };
            Assert.Equal(title, Assert.Single((await fixture.Learner.GetProfileAsync(request, cancellationToken: Cancel)).Profile.RecentWorks).Title);
            request.ReadMask = new() { Paths = { "version" } };
            var masked = await fixture.Learner.GetProfileAsync(request, cancellationToken: Cancel);
            Assert.Equal((2u, 0), ((uint)masked.Profile.Version, masked.Profile.RecentWorks.Count));
        }

        Assert.Equal(1, fixture.Inference.ProfileReads);
    }
}
