using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>Boosted trees for callers that speak tensors: rows of features in the card's order, NaN where missing, and their probabilities.</summary>
internal sealed class PropensityCodec(PropensityCard card) : ITensorCodec<float[], double>
{
    /// <summary>Input: FP32 [rows, features].</summary>
    public const string Features = "features";

    /// <summary>Output: FP32 [rows], calibrated, 0 to 1.</summary>
    public const string Probability = "probability";

    /// <inheritdoc />
    public TensorSignature Signature { get; } = new(
        [new TensorSpec(Features, TensorType.Fp32, [-1, card.Features.Count])],
        [new TensorSpec(Probability, TensorType.Fp32, [-1])]);

    /// <inheritdoc />
    public IReadOnlyList<float[]> Decode(IReadOnlyDictionary<string, TensorValue> inputs)
    {
        var tensor = inputs[Features];
        var width = card.Features.Count;
        return [.. Enumerable.Range(0, (int)tensor.Shape[0]).Select(row => tensor.Floats[(row * width)..((row + 1) * width)])];
    }

    /// <inheritdoc />
    public IReadOnlyList<TensorValue> Encode(IReadOnlyList<double> rows) =>
        [TensorValue.Of(Probability, [.. rows.Select(probability => (float)probability)], rows.Count)];
}
