using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>Predicts batches of rows of features.</summary>
/// <param name="model">The model.</param>
internal sealed class PropensityRunner(PropensityModel model) : IBatchRunner<float[], double>
{
    /// <inheritdoc />
    public int LengthOf(float[] input) => 1;

    /// <inheritdoc />
    public IReadOnlyList<double> Run(IReadOnlyList<float[]> batch) => [.. batch.Select(row => model.Probability(row))];

    /// <inheritdoc />
    public void Dispose()
    {
        // nothing but managed memory
    }
}
