using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Trains versions of one model for those who order them over the network.</summary>
internal interface IModelTrainer
{
    /// <summary>Name of the model, such as <c>recommender</c>.</summary>
    string Model { get; }

    /// <summary>Names of the options that an order may set, with what each means.</summary>
    IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Trains and publishes; goes on from a checkpoint in the order's work folder. Blocks; on a thread of its own.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="progress">Gets reports; returns at once.</param>
    /// <param name="cancellationToken">Stops at the next step; the last checkpoint stays.</param>
    /// <returns>The published version.</returns>
    /// <exception cref="TrainingException">The data cannot be trained on, or an option has no such value.</exception>
    ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);
}
