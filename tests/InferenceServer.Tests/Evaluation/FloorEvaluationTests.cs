using KpGrpc.InferenceServer.Commands;
using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Tests.Evaluation;

public sealed class FloorEvaluationTests
{
    [Theory]
    [InlineData("ml-1m", "ml-1m/ml-1m.txt", 0.26, 0.15, 0.0369, 0.0180)]
    [InlineData("mooccube", "mooccube/sequences_dedup.txt", 0.65, 0.51, 0.0680, 0.0369)]
    public void Run_RealSet_StandsAboveTheFloorAndMatchesPopularity(
        string name, string file, double hitRateMin, double ndcgMin, double popularHitRate, double popularNdcg)
    {
        var path = DataFolder.Find() is { } folder ? Path.Combine(folder, file) : "";
        Assert.SkipUnless(File.Exists(path), $"{file} is absent: set KP_DATA_DIR to the folder of the data sets (they may not be redistributed).");
        var set = InteractionSet.Of(name, HistoryReader.Read(path, HistoryFormat.Auto, EventKind.View, new ImportReport(path)));

        var result = FloorEvaluation.Run(
            set, HeldOut.Test, new CountsOptions { TrainingThreads = 2 }, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.InRange(result.Counts.HitRate, hitRateMin, 1);
        Assert.InRange(result.Counts.Ndcg, ndcgMin, 1);
        Assert.Equal(popularHitRate, result.Popularity.HitRate, 4);
        Assert.Equal(popularNdcg, result.Popularity.Ndcg, 4);
    }
}
