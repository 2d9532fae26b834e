using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.TensorBoard;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// Runs a stage epoch by epoch: steps, averages, validation, early stopping, checkpoints. It ends with the best weights in
/// the modules, and goes on from its checkpoint where there is one.
/// </summary>
/// <param name="options">The training's settings.</param>
/// <param name="folder">Where checkpoints and curves go.</param>
/// <param name="dropout">Reseeded for each step.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Gets how far it is.</param>
internal sealed class StageTrainer(
    TaggerTrainingOptions options, string folder, TorchRandom dropout, TimeProvider time, IProgress<TrainingProgress> progress)
{
    /// <summary>Trains.</summary>
    /// <returns>The best validation figure and its epoch; NaN and the last epoch where the stage has none.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the last epoch's checkpoint stays.</exception>
    public (double Best, int Epoch) Run(StagePlan plan, CancellationToken cancellationToken)
    {
        var (checkpoint, bestFile) = (Path.Combine(folder, $"{plan.Name}.checkpoint.safetensors"), Path.Combine(folder, $"{plan.Name}.best.safetensors"));
        using var optimizer = new AdamW(plan.Groups, new AdamWOptions { Beta2 = 0.98 });
        using var average = plan.Validate is not null && options.AverageDecay > 0 ? new WeightAverage(plan.Modules, options.AverageDecay) : null;
        var stopping = new EarlyStopping(options.Patience);
        var state = TrainingCheckpoint.Load(checkpoint, plan.Recipe, plan.Modules, optimizer, average);
        if (state?.Best is { } best)
        {
            stopping.Restore(best, state.BestEpoch, state.Waited);
        }

        using var curves = new EventFileWriter(Path.Combine(folder, "events"), time);
        for (var epoch = (state?.Epoch ?? 0) + 1; epoch <= plan.Epochs && state?.Finished != true && !stopping.Enough; epoch++)
        {
            RunEpoch(plan, epoch, optimizer, average, curves, cancellationToken);
            var figures = Validate(plan, optimizer.Steps, average, curves);
            if (figures.Count > 0 && stopping.Observe(figures[0].Value, epoch))
            {
                SaveBest(bestFile, plan, average);
            }

            var isLast = epoch == plan.Epochs || stopping.Enough;
            TrainingCheckpoint.Save(checkpoint, State(plan, optimizer.Steps, epoch, stopping, isLast), plan.Modules, optimizer, average);
            progress.Report(new TrainingProgress
            {
                Stage = TrainingStage.Checkpointed,
                Epoch = epoch,
                EpochsMax = plan.Epochs,
                Step = optimizer.Steps,
                Message = plan.Name,
                Metrics = new SortedDictionary<string, double>(figures.ToDictionary(), StringComparer.Ordinal),
            });
        }

        if (plan.Validate is null)
        {
            return (double.NaN, plan.Epochs);
        }

        LoadBest(bestFile, plan.Modules);
        return (stopping.Best, stopping.BestEpoch);
    }

    private static CheckpointState State(StagePlan plan, long steps, int epoch, EarlyStopping stopping, bool finished) => new()
    {
        Recipe = plan.Recipe,
        Step = steps,
        Epoch = epoch,
        Best = stopping.BestEpoch > 0 ? stopping.Best : null,
        BestEpoch = stopping.BestEpoch,
        Waited = stopping.Waited,
        Finished = finished,
    };

    private static void SaveBest(string path, StagePlan plan, WeightAverage? average)
    {
        average?.Swap();
        using (var scope = torch.NewDisposeScope())
        {
            SafetensorsWriter.WriteFile(path, plan.Modules.state_dict());
        }

        average?.Swap();
    }

    private static void LoadBest(string path, torch.nn.Module modules)
    {
        using var scope = torch.NewDisposeScope();
        using var reader = new SafetensorsReader(path);
        foreach (var (name, tensor) in modules.state_dict())
        {
            reader.ReadInto(name, tensor);
        }
    }

    private void RunEpoch(
        StagePlan plan, int epoch, AdamW optimizer, WeightAverage? average, EventFileWriter curves, CancellationToken cancellationToken)
    {
        var batches = LengthBatches.Of(plan.Lengths, options.BatchSize, new SeededRandom(options.Seed, $"{plan.Name}-order", epoch));
        var steps = (long)batches.Count * plan.Epochs;
        var schedule = new LearningRateSchedule(plan.LearningRate, ScheduleShape.Linear, (long)(steps * options.WarmUpShare), steps, 0.02);
        var clock = new TrainingClock(time, optimizer.Steps);
        foreach (var batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rate = schedule.At(optimizer.Steps);
            var loss = Step(plan, batch, optimizer, rate);
            average?.Update(optimizer.Steps);
            clock.Count(loss, batch.Length);
            if (clock.IsDue)
            {
                var report = clock.Report(new TrainingProgress
                {
                    Stage = TrainingStage.Training,
                    Epoch = epoch,
                    EpochsMax = plan.Epochs,
                    Step = optimizer.Steps,
                    StepsMax = steps,
                    LearningRate = rate,
                    Message = plan.Name,
                });
                progress.Report(report);
                curves.Scalar($"{plan.Name}/loss", report.Loss ?? double.NaN, optimizer.Steps);
            }
        }
    }

    private double Step(StagePlan plan, int[] batch, AdamW optimizer, double rate)
    {
        using var scope = torch.NewDisposeScope();
        dropout.Reseed(SeededRandom.SeedOf(options.Seed, $"{plan.Name}-dropout", optimizer.Steps));
        var (surrogate, loss) = plan.Loss(batch, new SeededRandom(options.Seed, $"{plan.Name}-step", optimizer.Steps));
        if (!double.IsFinite(loss))
        {
            throw new TrainingException($"The loss is not finite at step {optimizer.Steps}; try a lower learning rate.");
        }

        surrogate.backward();
        optimizer.Step(rate);
        return loss;
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Validate(StagePlan plan, long step, WeightAverage? average, EventFileWriter curves)
    {
        if (plan.Validate is null)
        {
            return [];
        }

        average?.Swap();
        var figures = plan.Validate();
        average?.Swap();
        foreach (var (name, value) in figures)
        {
            curves.Scalar($"validation/{name}", value, step);
        }

        return figures;
    }
}
