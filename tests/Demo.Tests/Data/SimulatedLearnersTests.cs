using KpGrpc.Demo.Data;
using Xunit;

namespace KpGrpc.Demo.Tests.Data;

public sealed class SimulatedLearnersTests
{
    private static readonly DemoData Sample = SampleData.Read(Path.Combine(AppContext.BaseDirectory, "Sample"));

    [Fact]
    public void Simulate_SameSeed_GivesTheSameLearners()
    {
        var again = new SimulatedLearners(new SimulationOptions()).Simulate(Sample.Works);

        Assert.Equal(Sample.Histories.Select(Line), again.Select(Line));
    }

    [Fact]
    public void Simulate_OtherSeed_GivesOtherLearners()
    {
        var other = new SimulatedLearners(new SimulationOptions { Seed = 1 }).Simulate(Sample.Works);

        Assert.NotEqual(Sample.Histories.Select(Line), other.Select(Line));
    }

    [Fact]
    public void Simulate_Sample_StaysInItsBounds()
    {
        var options = new SimulationOptions();
        var published = Sample.Works.Where(work => work.Published).Select(work => work.WorkId).ToHashSet();

        Assert.Equal(options.Learners, Sample.Histories.Count);
        Assert.All(Sample.Histories, history =>
        {
            Assert.InRange(history.WorkIds.Count, options.WorksMin, options.WorksMax);
            Assert.Equal(history.WorkIds.Count, history.WorkIds.Distinct().Count());
            Assert.All(history.WorkIds, work => Assert.Contains(work, published));
        });
    }

    [Fact]
    public void Simulate_Sample_FollowsSeries()
    {
        var series = Sample.Works.Where(work => work.Series is not null).ToDictionary(work => work.WorkId, work => (work.Series, work.SeriesIndex));
        var steps = Sample.Histories.SelectMany(history => history.WorkIds.Zip(history.WorkIds.Skip(1)));

        var follows = steps.Count(step => series.TryGetValue(step.First, out var from) && series.TryGetValue(step.Second, out var to)
            && from.Series == to.Series && to.SeriesIndex == from.SeriesIndex + 1);

        Assert.True(follows > Sample.Interactions / 5, $"only {follows} of {Sample.Interactions} steps follow a series");
    }

    [Fact]
    public void Simulate_FewerWorksThanWanted_TakesAllOfThem()
    {
        var works = Sample.Works.Where(work => work.Published).Take(2).ToArray();

        var learners = new SimulatedLearners(new SimulationOptions { Learners = 3 }).Simulate(works);

        Assert.All(learners, history => Assert.Equal(2, history.WorkIds.Count));
    }

    [Fact]
    public void Simulate_NothingPublished_GivesNobody() =>
        Assert.Empty(new SimulatedLearners(new SimulationOptions()).Simulate([.. Sample.Works.Where(work => !work.Published)]));

    private static string Line(LearnerHistory history) => $"{history.LearnerId} {string.Join(' ', history.WorkIds)}";
}
