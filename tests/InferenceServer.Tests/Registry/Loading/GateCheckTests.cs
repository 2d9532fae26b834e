using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;

namespace KpGrpc.InferenceServer.Tests.Registry.Loading;

public sealed class GateCheckTests
{
    [Fact]
    public void Fault_NothingInTrafficAndNoFloor_Passes() => Assert.Null(GateCheck.Fault(Card("v1", ("ndcg@10", 0.1)), null));

    [Fact]
    public void Fault_BelowItsFloor_NamesBothFigures()
    {
        var fault = GateCheck.Fault(Card("v1", ("ndcg@10", 0.17), ("floor.ndcg@10", 0.18)), null);

        Assert.NotNull(fault);
        Assert.Contains("0.17", fault, StringComparison.Ordinal);
        Assert.Contains("0.18", fault, StringComparison.Ordinal);
        Assert.Contains("force", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.18)]
    [InlineData(0.19)]
    public void Fault_AtOrAboveItsFloor_Passes(double value) =>
        Assert.Null(GateCheck.Fault(Card("v1", ("ndcg@10", value), ("floor.ndcg@10", 0.18)), null));

    [Fact]
    public void Fault_BelowTheVersionInTraffic_NamesIt()
    {
        var fault = GateCheck.Fault(Card("v2", ("ndcg@10", 0.19), ("floor.ndcg@10", 0.18)), Card("v1", ("ndcg@10", 0.2)));

        Assert.Contains("v1", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_OtherData_SaysNothingOfEachOther() =>
        Assert.Null(GateCheck.Fault(Card("v2", ("ndcg@10", 0.1)), Card("v1", ("ndcg@10", 0.2)) with { Dataset = "other" }));

    [Fact]
    public void Fault_CandidateWithoutTheMetric_IsRefused() => Assert.NotNull(GateCheck.Fault(Card("v2"), Card("v1", ("ndcg@10", 0.2))));

    private static ModelCard Card(string version, params (string Name, double Value)[] metrics) => new()
    {
        Name = "recommender",
        Version = version,
        Task = ModelTask.Recommendation,
        Kind = "test",
        PublishedAt = DateTimeOffset.UnixEpoch,
        Dataset = "events",
        GateMetric = "ndcg@10",
        Metrics = metrics.ToDictionary(metric => metric.Name, metric => new CardMetric(metric.Value, 10)),
    };
}
