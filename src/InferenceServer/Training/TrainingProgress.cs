namespace KpGrpc.InferenceServer.Training;

/// <summary>How far a training is. A trainer gives these to an <see cref="IProgress{T}"/>, which must return at once.</summary>
internal sealed record TrainingProgress
{
    /// <summary>What it is doing.</summary>
    public required TrainingStage Stage { get; init; }

    /// <summary>Epoch, from 1; 0 while preparing.</summary>
    public int Epoch { get; init; }

    /// <summary>Epochs at most.</summary>
    public int EpochsMax { get; init; }

    /// <summary>Optimiser steps done in all.</summary>
    public long Step { get; init; }

    /// <summary>Optimiser steps planned in all; 0 = unknown.</summary>
    public long StepsMax { get; init; }

    /// <summary>Mean loss since the report before; null outside training.</summary>
    public double? Loss { get; init; }

    /// <summary>Learning rate now; null outside training.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Samples a second since the report before; null outside training.</summary>
    public double? SamplesPerSecond { get; init; }

    /// <summary>Figures of the last validation by name, such as <c>ndcg@10</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Time since this call began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time to the last planned step; null = unknown.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>A word for people; empty where there is nothing to say.</summary>
    public string Message { get; init; } = "";
}
