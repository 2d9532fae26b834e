using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Ranking;

namespace KpGrpc.InferenceServer.Tests.Recommending.Ranking;

public sealed class DiversityTests
{
    // Rows 0 to 5: two topics (row % 2), three producers (row / 2).
    private static readonly Candidate[] Ranked = [.. new[] { 0, 2, 4, 1, 3, 5 }.Select((row, place) => new Candidate(row, 10 - place, RankPath.Counts))];

    [Fact]
    public void Choose_WithoutWeight_KeepsTheRanking() =>
        Assert.Equal([0, 2, 4, 1], Choose(4, 0, 0).Select(candidate => candidate.Row));

    [Fact]
    public void Choose_WithWeight_TakesTheOtherTopicSecondAndScoresFall()
    {
        var chosen = Choose(6, 0.5, 0);

        Assert.Equal([0, 1], chosen.Take(2).Select(candidate => candidate.Row));
        Assert.Equal(6, chosen.Select(candidate => candidate.Row).Distinct().Count());
        Assert.Equal(chosen.Select(candidate => candidate.Score).OrderDescending(), chosen.Select(candidate => candidate.Score));
    }

    [Fact]
    public void Choose_OneOfAProducer_TakesTheBestOfEachAndNoMore() =>
        Assert.Equal([0, 2, 4], Choose(6, 0, 1).Select(candidate => candidate.Row));

    private static List<Candidate> Choose(int count, double weight, int perProducerMax) => Diversity.Choose(
        Ranked, count, weight, perProducerMax, row => $"p{row / 2}", (a, b) => a % 2 == b % 2 ? 1 : 0);
}
