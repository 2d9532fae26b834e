using KpGrpc.Demo.Steps;
using KpGrpc.Demo.Story;
using KpGrpc.Demo.Training;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.Demo.Preparation;

/// <summary>Has the transformer trained on the imported history while the counts serve and the story goes on.</summary>
internal sealed class TrainingStep : IStoryStep
{
    // A pass over the real enrolments takes half a minute of two cores; the sample's takes a second.
    private const long ManyInteractions = 200_000;
    private const uint EpochsOfMany = 2;
    private const uint EpochsOfFew = 8;

    public string Name => "Train the transformer in the background";

    public TimeSpan Deadline => TimeSpan.FromSeconds(10);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var epochs = session.Data.Interactions > ManyInteractions ? EpochsOfMany : EpochsOfFew;
        session.Training = TransformerTraining.Start(session.Models(), new TrainRequest
        {
            IdempotencyKey = LearnerClients.NewKey(),
            Name = LearnerClients.Transformer,
            EpochsMax = epochs,
        });
        session.Console.Fact("ordered", $"{LearnerClients.Transformer}, on the server's own events, {epochs} epochs");
        session.Console.Note("The counts model answers meanwhile; lines between the parts say how far the training is.");
        return Task.CompletedTask;
    }
}
