using System.Globalization;
using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.TensorBoard;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>The epochs of one training. Owns the optimiser and the tables of the counts.</summary>
internal sealed class SequenceTrainingRun : IDisposable
{
    private const int FloorHistories = 300;

    private readonly SequenceNetwork network;
    private readonly TrainingData data;
    private readonly SequenceTrainerOptions options;
    private readonly TimeProvider time;
    private readonly AdamW optimizer;
    private readonly WeightAverage? average;
    private readonly FoldedCounts? folded;
    private readonly double floor;
    private readonly SequenceStep step;
    private readonly SequenceValidation validation;
    private readonly EarlyStopping stopping;
    private readonly string recipe;
    private IReadOnlyDictionary<string, double> figures = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Prepares the epochs; <paramref name="random"/> and the network stay the caller's.</summary>
    public SequenceTrainingRun(
        SequenceNetwork network, CountsModel counts, TrainingData data, SequenceTrainerOptions options, TorchRandom random, TimeProvider time, CancellationToken cancellationToken)
    {
        (this.network, this.data, this.options, this.time) = (network, data, options, time);
        optimizer = new AdamW(ParameterGroup.Of(network, options.WeightDecay), new AdamWOptions());
        average = options.AverageDecay > 0 ? new WeightAverage(network, options.AverageDecay) : null;
        var prior = new CountsPrior(counts);
        floor = prior.Floor(data.Histories.Take(FloorHistories).Select(history => (ReadOnlyMemory<int>)history));
        folded = options.BesideCounts
            ? FoldedCounts.Make(data.Histories, data.WorkIds.Count, options.LengthMax, network.Items.device, cancellationToken)
            : null;
        step = new SequenceStep(network, optimizer, options, random, folded, floor);
        validation = new SequenceValidation(network, prior);
        stopping = new EarlyStopping(options.Patience);
        recipe = RecipeOf(data, counts, options);
    }

    /// <summary>The dimensions of the network that settings ask for.</summary>
    public static SequenceShape ShapeOf(SequenceTrainerOptions options, int items) => new()
    {
        ItemCount = items,
        Width = options.Width,
        Blocks = options.Blocks,
        Heads = options.Heads,
        InnerWidth = options.InnerWidth,
        LengthMax = options.LengthMax,
    };

    /// <summary>Runs the epochs that are left and fills the network with the best weights.</summary>
    /// <returns>The prior's weights and the figures that the best epoch had on the validation cases.</returns>
    public (PriorWeights Prior, RankingMetrics Figures) Run(
        string checkpoint, string best, EventFileWriter events, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var state = TrainingCheckpoint.Load(checkpoint, recipe, network, optimizer, average);
        if (state is not null)
        {
            stopping.Restore(state.Best ?? double.NegativeInfinity, state.BestEpoch, state.Waited);
        }

        var clock = new TrainingClock(time, optimizer.Steps);
        for (var epoch = state?.Epoch ?? 0; epoch < options.EpochsMax && !stopping.Enough && state?.Finished != true; epoch++)
        {
            TrainEpoch(epoch, clock, events, progress, cancellationToken);
            var last = epoch + 1 == options.EpochsMax;
            if (last || (epoch + 1) % options.ValidateEvery == 0)
            {
                Validate(epoch + 1, best, clock, events, progress, cancellationToken);
            }

            Checkpoint(checkpoint, epoch + 1, last || stopping.Enough);
            progress.Report(Place(TrainingStage.Checkpointed, epoch + 1) with { Elapsed = clock.Elapsed });
        }

        SequenceTrainer.LoadWeights(network, best);
        return SequenceTrainer.Best(validation, data, Choices(), cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        optimizer.Dispose();
        average?.Dispose();
        folded?.Dispose();
    }

    /// <summary>
    /// Everything that the weights follow from, but for the code: a checkpoint goes on only with the same. What may differ
    /// between two runs (patience, how often to validate) is not in it.
    /// </summary>
    private static string RecipeOf(TrainingData data, CountsModel counts, SequenceTrainerOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"data {data.Name} of {counts.Interactions} interactions, {data.Histories.Count} histories, {data.WorkIds.Count} works; width {options.Width}, {options.Blocks} blocks, {options.Heads} heads, inner width {options.InnerWidth}, length {options.LengthMax}; {options.EpochsMax} epochs, {PlacesOf(data, options)} places a step, rate {options.LearningRate} {options.Schedule} after {options.WarmUpShare}, decay {options.WeightDecay}, dropout {options.Dropout}, sample {options.SampledWorks}, beside counts {options.BesideCounts}, average {options.AverageDecay}; seed {options.Seed}");

    private IReadOnlyList<PriorWeights> Choices() =>
        folded is null ? PriorWeights.Anywhere(floor) : PriorWeights.Around(network.PriorWeight.item<float>(), floor);

    private static int PlacesOf(TrainingData data, SequenceTrainerOptions options) =>
        options.PlacesFor(data.Histories.Sum(history => Math.Max(0L, history.Length - 1)));

    private void TrainEpoch(int epoch, TrainingClock clock, EventFileWriter events, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var plan = EpochPlan.Make(data.Histories, options.LengthMax, PlacesOf(data, options), new SeededRandom(options.Seed, "order", epoch));
        var schedule = ScheduleFor();
        var losses = 0.0;
        foreach (var windows in plan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loss = step.Run(data.Histories, windows, schedule.At(optimizer.Steps));
            if (!double.IsFinite(loss))
            {
                throw new TrainingException($"The loss became {loss} in epoch {epoch + 1}; a lower learning rate (--learning-rate) is needed.");
            }

            average?.Update(optimizer.Steps);
            losses += loss;
            clock.Count(loss, windows.Sum(window => window.Length));
            if (clock.IsDue)
            {
                progress.Report(clock.Report(Place(TrainingStage.Training, epoch + 1) with { StepsMax = schedule.Steps, LearningRate = schedule.At(optimizer.Steps) }));
            }
        }

        events.Scalar("train/loss", losses / plan.Count, optimizer.Steps);
        events.Scalar("train/learning_rate", schedule.At(optimizer.Steps), optimizer.Steps);
    }

    private void Validate(int epoch, string best, TrainingClock clock, EventFileWriter events, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(Place(TrainingStage.Validating, epoch) with { Elapsed = clock.Elapsed });
        average?.Swap();
        var (prior, measured) = SequenceTrainer.Best(validation, data, Choices(), cancellationToken);
        if (stopping.Observe(measured.Ndcg, epoch))
        {
            SequenceTrainer.SaveWeights(network, best);
        }

        average?.Swap();
        figures = SequenceTrainer.Named(measured);
        foreach (var (name, value) in figures)
        {
            events.Scalar($"valid/{name}", value, optimizer.Steps);
        }

        events.Scalar("valid/counts_weight", prior.Weight, optimizer.Steps);
    }

    private void Checkpoint(string path, int epoch, bool finished) => TrainingCheckpoint.Save(
        path,
        new CheckpointState
        {
            Recipe = recipe,
            Step = optimizer.Steps,
            Epoch = epoch,
            Finished = finished,
            Best = double.IsFinite(stopping.Best) ? stopping.Best : null,
            BestEpoch = stopping.BestEpoch,
            Waited = stopping.Waited,
        },
        network, optimizer, average);

    private TrainingProgress Place(TrainingStage stage, int epoch) => new()
    {
        Stage = stage,
        Epoch = epoch,
        EpochsMax = options.EpochsMax,
        Step = optimizer.Steps,
        Metrics = figures,
    };

    /// <summary>The number of steps is that of the first epoch's plan times the epochs, so that a resumed training keeps it.</summary>
    private LearningRateSchedule ScheduleFor()
    {
        var steps = (long)options.EpochsMax * EpochPlan.Make(data.Histories, options.LengthMax, PlacesOf(data, options), new SeededRandom(options.Seed, "order", 0)).Count;
        return new LearningRateSchedule(options.LearningRate, options.Schedule, (long)(steps * options.WarmUpShare), steps);
    }
}
