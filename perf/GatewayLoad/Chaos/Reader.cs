using Grpc.Core;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>A learner who reads her feed, her profile and the catalogue, one after another, at a steady pace.</summary>
internal sealed class Reader(LearnerService.LearnerServiceClient client, string learnerId, Metadata headers, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);

    /// <summary>Reads until it is stopped.</summary>
    /// <param name="now">Where to record.</param>
    /// <param name="start">Start of the run.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Func<Observations> now, long start, CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var (seen, began) = (now(), time.GetElapsedTime(start));
            try
            {
                seen.Read(began, answered: true, whole: await ReadAsync(turn, seen));
            }
            catch (RpcException)
            {
                seen.Read(began, answered: false, whole: false);
            }

            var left = Pace - (time.GetElapsedTime(start) - began);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, CancellationToken.None);
        }
    }

    private async Task<bool> ReadAsync(int turn, Observations seen)
    {
        var deadline = (time.GetUtcNow() + CallLimit).UtcDateTime;
        switch (turn % 3)
        {
            case 0:
                var feed = await client.GetHomeAsync(new GetHomeRequest { LearnerId = learnerId }, headers, deadline);
                foreach (var item in feed.Items.Where(item => !IsRight(item.Work)))
                {
                    seen.Fault($"a feed offers {item.Work.WorkId} at {item.Work.Price}");
                }

                return !feed.Degraded;
            case 1:
                var profile = await client.GetProfileAsync(new GetProfileRequest { LearnerId = learnerId }, headers, deadline);
                if (profile.Profile.LearnerId != learnerId)
                {
                    seen.Fault($"{learnerId} got the profile of {profile.Profile.LearnerId}");
                }

                return !profile.Degraded;
            default:
                var found = await client.SearchAsync(new SearchRequest { LearnerId = learnerId, Query = "Course" }, headers, deadline);
                foreach (var work in found.Works.Where(work => !IsRight(work)))
                {
                    seen.Fault($"a search found {work.WorkId} at {work.Price}");
                }

                return !found.Degraded;
        }
    }

    private static bool IsRight(WorkCard card) =>
        int.TryParse(card.WorkId.AsSpan("work-".Length), out var number) && Market.WorkId(number) == card.WorkId && card.Price.MinorUnits == Market.PriceOf(number);
}
