using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity;

public sealed class PropensityFileTests : IDisposable
{
    private static readonly BoosterSettings Settings = new(
        Leaves: 6, LearningRate: 0.1, Trees: 20, RowsPerLeaf: 10, FeatureShare: 1, RowShare: 1, Ridge: 1, GroupProfile: true);

    private readonly string folder = Directory.CreateTempSubdirectory("kp-propensity").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_WhatWasWritten_PredictsTheSame()
    {
        var (model, table) = Train();
        PropensityFile.Write(Path.Combine(folder, PropensityFile.Name), model);
        var read = PropensityFile.Read(folder);
        var (one, other) = (model.Card.Plan!.Transform(table), read.Card.Plan!.Transform(table));
        Assert.Equal(model.Probabilities(one, TestContext.Current.CancellationToken), read.Probabilities(other, TestContext.Current.CancellationToken));
        Assert.Equal(PropensityFile.Encode(model), PropensityFile.Encode(read));
    }

    [Fact]
    public void Encode_TwoTrainingsOfOneSeed_GiveTheSameBytes() => Assert.Equal(PropensityFile.Encode(Train().Model), PropensityFile.Encode(Train().Model));

    [Fact]
    public void Read_AnyByteChangedOrCut_Refuses()
    {
        var bytes = PropensityFile.Encode(Train().Model);
        for (var at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 97))
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x10;
            Assert.ThrowsAny<InvalidDataException>(() => PropensityFile.Decode(changed));
            Assert.ThrowsAny<InvalidDataException>(() => PropensityFile.Decode(bytes.AsSpan(0, at)));
        }
    }

    [Fact]
    public void Read_NoFile_NamesIt() => Assert.Contains(folder, Assert.Throws<ImportException>(() => PropensityFile.Read(folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Predict_AnyRow_ItsReasonsAddUpToTheCalibratedLogOdds()
    {
        var (model, table) = Train();
        var features = model.Card.Plan!.Transform(table);
        var mean = model.Card.Calibration.LogOdds(model.Trees.Base);
        for (var row = 0; row < 50; row++)
        {
            var prediction = model.Predict(features.Row(row), features.Width);
            Assert.Equal(Logistic.LogOdds(prediction.Probability), mean + prediction.Reasons.Sum(reason => reason.Contribution), 1e-6);
            Assert.Equal(prediction.Probability, model.Probability(features.Row(row)), 1e-12);
            Assert.Equal(prediction.Reasons.OrderByDescending(reason => Math.Abs(reason.Contribution)).Select(reason => reason.Feature), prediction.Reasons.Select(reason => reason.Feature));
        }
    }

    private static (PropensityModel Model, Table Table) Train()
    {
        var random = new Random(4);
        const int rows = 900;
        float[] x = [.. Enumerable.Range(0, rows).Select(_ => random.Next(8) == 0 ? float.NaN : (float)random.NextDouble())];
        float[] course = [.. Enumerable.Range(0, rows).Select(row => (float)(row % 6))];
        float[] y = [.. x.Select(value => value + random.NextDouble() > 1 ? 1f : 0f)];
        var table = new Table("made up",
        [
            new TableColumn("x", ColumnKind.Number, x, null, false), new TableColumn("plan", ColumnKind.Text, [.. x.Select((_, row) => (float)(row % 3))], ["a", "b", "c"], false),
            new TableColumn("course", ColumnKind.Text, course, ["0", "1", "2", "3", "4", "5"], false), new TableColumn("y", ColumnKind.Text, y, ["0", "1"], false),
        ]);
        var data = LabelledTable.Of(table, new ColumnRoles("y", null, [], "course", [], ColumnRoles.LeakBoundDefault));
        return (PropensityTrainer.Train(data, new BoosterPlan([Settings], 3, 1, 1), null, TestContext.Current.CancellationToken).Model, table);
    }
}
