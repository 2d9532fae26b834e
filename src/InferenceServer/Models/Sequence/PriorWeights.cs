namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>How much the counts say beside the network; chosen on validation items.</summary>
/// <param name="Weight">Factor on <c>ln(1 + count score / floor)</c>; 0 = the network alone.</param>
/// <param name="Floor">The count score that is worth as much as nothing was; above 0.</param>
internal readonly record struct PriorWeights(double Weight, double Floor)
{
    private const double FloorShare = 0.03; // of the usual best count score

    /// <summary>Weights that are tried around the one that was learned, up to such that leave little to the network where it learned little.</summary>
    /// <param name="learned">The learned weight; the network was trained beside the counts.</param>
    /// <param name="floor">The floor that it was trained with.</param>
    public static IReadOnlyList<PriorWeights> Around(double learned, double floor) =>
        [.. ((double[])[0.6, 0.8, 1, 1.3, 1.6, 2, 2.5, 3.2, 4, 10, 30]).Select(factor => new PriorWeights(learned * factor, floor))];

    /// <summary>Weights that are tried for a network that was trained without the counts.</summary>
    public static IReadOnlyList<PriorWeights> Anywhere(double floor) =>
        [new(0, floor), .. ((double[])[0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.7, 4, 6, 9]).Select(weight => new PriorWeights(weight, floor))];

    /// <summary>A floor that suits counts: a small share of what the best work of a history usually scores.</summary>
    /// <param name="best">Best count scores of some histories.</param>
    public static double FloorOf(IReadOnlyCollection<double> best) =>
        best.Where(score => score > 0).DefaultIfEmpty(1).Average() * FloorShare;
}
