namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>An inner node: a row goes right where its feature is above the threshold, else, also when missing, left.</summary>
/// <param name="Feature">Index of the feature.</param>
/// <param name="Threshold">Compared with.</param>
/// <param name="Left">Index of a node, or the complement (~) of a leaf's index.</param>
/// <param name="Right">Likewise.</param>
internal readonly record struct TreeNode(int Feature, float Threshold, int Left, int Right);
