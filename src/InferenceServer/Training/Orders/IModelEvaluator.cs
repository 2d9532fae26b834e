using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Measures versions of one kind on data.</summary>
internal interface IModelEvaluator
{
    /// <summary>The kind in cards that it measures.</summary>
    string Kind { get; }

    /// <summary>Measures. Blocks; on a thread of its own.</summary>
    /// <param name="folder">The version.</param>
    /// <param name="order">On what.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingException">The data does not suffice.</exception>
    EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken);
}
