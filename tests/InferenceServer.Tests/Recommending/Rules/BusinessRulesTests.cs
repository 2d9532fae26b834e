using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Rules;
using KpGrpc.InferenceServer.Tests.Catalog;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.InferenceServer.Tests.Recommending.Rules;

public sealed class BusinessRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start);
    private readonly WorkTable table = SomeWorks.Table([.. Enumerable.Range(0, 40).Select(n => SomeWorks.Of($"w{n:D2}", field: n % 2 + 1, producer: $"p{n % 4}"))]);

    [Fact]
    public void Boost_AField_RaisesItForItsTime()
    {
        var rules = Rules(new RecommendationRule { Fields = [2], Boost = 10, Until = Start.AddHours(1) });
        Candidate[] ranked = [new(0, 3, RankPath.Counts), new(1, 2, RankPath.Counts), new(2, -0.1, RankPath.Popular), new(3, -0.5, RankPath.Popular)];

        var raised = rules.Boost(ranked, table);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([1, 0, 3, 2], raised.Select(candidate => candidate.Row));
        Assert.True(raised[2].Score < 0); // what nothing speaks for stays behind
        Assert.Equal(ranked, rules.Boost(ranked, table));
        Assert.False(rules.Boosts);
    }

    [Fact]
    public void Place_PlacedWorks_StandWhereTheRuleSaysAndOnlyIfTheyPass()
    {
        var rules = Rules(new RecommendationRule { WorkIds = ["w09", "w08", "w02", "unknown"], Position = 2 });
        var list = List(5);

        rules.Place(list, 5, "u", table, row => row != 8, _ => 100);

        Assert.Equal([0, 9, 2, 1, 3], list.Select(candidate => candidate.Row));
        Assert.Equal([RankPath.Counts, RankPath.Rule, RankPath.Rule, RankPath.Counts, RankPath.Counts], list.Select(candidate => candidate.Path));
        Assert.All(list.Zip(list.Skip(1)), pair => Assert.True(pair.First.Score > pair.Second.Score));
    }

    [Fact]
    public void Place_AtTheTop_HasTheHighestScore()
    {
        var list = List(3);

        Rules(new RecommendationRule { WorkIds = ["w09"], Position = 1 }).Place(list, 3, "u", table, _ => true, _ => 100);

        Assert.Equal([9, 0, 1], list.Select(candidate => candidate.Row));
        Assert.All(list.Zip(list.Skip(1)), pair => Assert.True(pair.First.Score > pair.Second.Score));
    }

    [Fact]
    public void Place_Exploration_IsTheSameAllDayNeverAmongTheFirstTwoAndOnlyOfRareWorks()
    {
        var rules = new BusinessRules(Options.Create(new RecommendationOptions { ExplorationShare = 0.5 }), time);
        var lists = new List<List<Candidate>>();
        for (var day = 0; day < 40; day++)
        {
            var (morning, evening) = (List(10), List(10));
            rules.Place(morning, 10, "u", table, row => row != 30, row => row >= 20 ? 0 : 50);
            time.Advance(TimeSpan.FromHours(6));
            rules.Place(evening, 10, "u", table, row => row != 30, row => row >= 20 ? 0 : 50);
            time.Advance(TimeSpan.FromHours(18));

            Assert.Equal(morning, evening);
            Assert.Equal(10, morning.Count);
            lists.Add(morning);
        }

        var trials = lists.SelectMany(list => list.Select((candidate, place) => (candidate, place))).Where(entry => entry.candidate.Path == RankPath.Exploration).ToArray();
        Assert.InRange(trials.Length, 100, 220); // half of 40 × 8 places
        Assert.All(trials, entry => Assert.True(entry is { place: >= 2, candidate.Row: >= 20 and not 30 }));
        Assert.True(lists.Select(list => string.Join(',', list.Select(candidate => candidate.Row))).Distinct().Count() > 30);
    }

    private static List<Candidate> List(int count) => [.. Enumerable.Range(0, count).Select(row => new Candidate(row, 10 - row, RankPath.Counts))];

    private BusinessRules Rules(RecommendationRule rule) => new(Options.Create(new RecommendationOptions { Rules = [rule] }), time);
}
