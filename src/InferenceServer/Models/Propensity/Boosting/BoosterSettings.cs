namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>How one boosted model is trained.</summary>
/// <param name="Leaves">Leaves of a tree, 2 to 1,024.</param>
/// <param name="LearningRate">Share of each tree's step, above 0 to 1.</param>
/// <param name="Trees">Most trees; fewer are kept where the log loss on the left-out rows is least with fewer.</param>
/// <param name="RowsPerLeaf">Least rows in a leaf.</param>
/// <param name="FeatureShare">Share of the features that a tree may choose from, above 0 to 1.</param>
/// <param name="RowShare">Share of the rows that a tree sees, above 0 to 1.</param>
/// <param name="Ridge">Penalty on squared leaf values.</param>
/// <param name="GroupProfile">Whether the features of groups take part. They help where rows of known groups are predicted, and can mislead where there are few groups.</param>
internal sealed record BoosterSettings(
    int Leaves, double LearningRate, int Trees, int RowsPerLeaf, double FeatureShare, double RowShare, double Ridge, bool GroupProfile)
{
    /// <summary>What is chosen from, by the log loss on rows that are left out: with groups whether they speak, without how far trees go into detail.</summary>
    /// <param name="groups">Whether rows have a group.</param>
    public static IReadOnlyList<BoosterSettings> Candidates(bool groups) => groups ? [Known[0], Known[1]] : [Known[1], Known[2]];

    private static readonly BoosterSettings[] Known =
    [
        new BoosterSettings(Leaves: 10, LearningRate: 0.06, Trees: 250, RowsPerLeaf: 60, FeatureShare: 0.2, RowShare: 0.7, Ridge: 10, GroupProfile: true),
        new BoosterSettings(Leaves: 10, LearningRate: 0.06, Trees: 250, RowsPerLeaf: 60, FeatureShare: 0.2, RowShare: 0.7, Ridge: 10, GroupProfile: false),
        new BoosterSettings(Leaves: 48, LearningRate: 0.06, Trees: 250, RowsPerLeaf: 20, FeatureShare: 0.5, RowShare: 0.8, Ridge: 5, GroupProfile: false),
    ];
}
