using Google.Protobuf.WellKnownTypes;
using KpGrpc.Demo.Training;
using KpGrpc.Protos.Model.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Training;

public sealed class TransformerTrainingTests
{
    [Fact]
    public void Line_Preparing_SaysWhatIsRead() =>
        Assert.Equal("transformer: reads 96 works, 400 histories", TransformerTraining.Line(new TrainResponse { Stage = TrainingStage.Preparing, Message = "96 works, 400 histories" }));

    [Fact]
    public void Line_Training_NamesEpochLossAndTime() =>
        Assert.Equal("transformer: epoch 2 of 8, loss 3.142, 12 s", TransformerTraining.Line(new TrainResponse
        {
            Stage = TrainingStage.Training,
            Epoch = 2,
            EpochsMax = 8,
            Loss = 3.14159,
            Elapsed = Duration.FromTimeSpan(TimeSpan.FromSeconds(12)),
        }));

    [Fact]
    public void Line_Validated_NamesTheFigure() =>
        Assert.Equal("transformer: checks epoch 2 of 8, validation NDCG@10 0.1234", TransformerTraining.Line(new TrainResponse
        {
            Stage = TrainingStage.Validating,
            Epoch = 2,
            EpochsMax = 8,
            Metrics = { new Metric { Name = "hr@10", Value = 0.3 }, new Metric { Name = "ndcg@10", Value = 0.12344 } },
        }));
}
