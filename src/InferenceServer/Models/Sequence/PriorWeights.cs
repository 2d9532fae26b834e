namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>How much the counts say beside the network; chosen on validation items.</summary>
/// <param name="Weight">Factor on the logarithm of the count score; 0 = the network alone.</param>
/// <param name="Floor">What a work without counts has, as a share of the best count score, in (0, 1).</param>
internal readonly record struct PriorWeights(double Weight, double Floor)
{
    /// <summary>The choices that a training tries.</summary>
    public static IReadOnlyList<PriorWeights> Choices { get; } =
    [
        new(0, 0.1),
        .. from weight in (double[])[0.15, 0.3, 0.45, 0.6, 0.8, 1.1, 1.6, 2.4]
           from floor in (double[])[0.01, 0.03, 0.1]
           select new PriorWeights(weight, floor),
    ];
}
