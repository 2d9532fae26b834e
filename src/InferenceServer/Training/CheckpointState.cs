namespace KpGrpc.InferenceServer.Training;

/// <summary>
/// What a training knows beside its tensors. Randomness needs no state: it is a function of seed, epoch and step
/// (<see cref="SeededRandom"/>).
/// </summary>
internal sealed record CheckpointState
{
    /// <summary>Says what was trained on and how (data, settings, seed); a checkpoint of another recipe is refused.</summary>
    public required string Recipe { get; init; }

    /// <summary>Optimiser steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Epochs completed.</summary>
    public required int Epoch { get; init; }

    /// <summary>The best validation figure, or null before the first.</summary>
    public double? Best { get; init; }

    /// <summary>The epoch of the best figure; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Validations since the best.</summary>
    public int Waited { get; init; }

    /// <summary>Says whether the training had come to its end.</summary>
    public bool Finished { get; init; }
}
