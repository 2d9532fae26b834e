using KpGrpc.InferenceServer.Models.Propensity.Features;
using Microsoft.ML.Trainers.FastTree;

namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>Reads the trees that the library grew into flat arrays.</summary>
internal static class TreeAssembly
{
    /// <summary>Converts an ensemble.</summary>
    /// <param name="ensemble">The library's trees; all splits are numerical.</param>
    /// <param name="features">The matrix that it was trained on.</param>
    /// <param name="rows">The rows that it was trained on, which weigh the mean output below each node.</param>
    public static BoostedTrees Convert(RegressionTreeEnsemble ensemble, FeatureMatrix features, int[] rows)
    {
        var roots = new List<int>();
        var nodes = new List<TreeNode>();
        var leaves = new List<double>();
        for (var tree = 0; tree < ensemble.Trees.Count; tree++)
        {
            Append(ensemble.Trees[tree], ensemble.TreeWeights[tree], roots, nodes, leaves);
        }

        int[] starts = [.. roots];
        TreeNode[] inner = [.. nodes];
        double[] values = [.. leaves];
        var bare = new BoostedTrees(features.Width, ensemble.Bias, starts, inner, values, new double[inner.Length]);
        return new BoostedTrees(features.Width, ensemble.Bias, starts, inner, values, Means(bare, features, rows));
    }

    private static void Append(RegressionTree tree, double weight, List<int> roots, List<TreeNode> nodes, List<double> leaves)
    {
        // Breadth first: children come after their parents, and near the root nodes lie beside each other.
        var firstLeaf = leaves.Count;
        leaves.AddRange(tree.LeafValues.Select(value => value * weight));
        if (tree.NumberOfNodes == 0)
        {
            roots.Add(~firstLeaf);
            return;
        }

        var firstNode = nodes.Count;
        var order = new List<int> { 0 };
        int Child(int child)
        {
            if (child < 0)
            {
                return ~(~child + firstLeaf);
            }

            order.Add(child);
            return firstNode + order.Count - 1;
        }

        roots.Add(firstNode);
        for (var at = 0; at < order.Count; at++)
        {
            var node = order[at];
            nodes.Add(new TreeNode(
                tree.NumericalSplitFeatureIndexes[node], tree.NumericalSplitThresholds[node], Child(tree.LeftChild[node]), Child(tree.RightChild[node])));
        }
    }

    private static double[] Means(BoostedTrees trees, FeatureMatrix features, int[] rows)
    {
        var visits = new long[trees.Leaves.Length];
        foreach (var row in rows)
        {
            var values = features.Row(row);
            foreach (var root in trees.Roots)
            {
                visits[trees.LeafOf(root, values)]++;
            }
        }

        var (sums, counts) = (new double[trees.Nodes.Length], new double[trees.Nodes.Length]);
        for (var at = trees.Nodes.Length - 1; at >= 0; at--)
        {
            foreach (var child in (int[])[trees.Nodes[at].Left, trees.Nodes[at].Right])
            {
                sums[at] += child >= 0 ? sums[child] : trees.Leaves[~child] * visits[~child];
                counts[at] += child >= 0 ? counts[child] : visits[~child];
            }
        }

        return [.. sums.Select((sum, at) => counts[at] > 0 ? sum / counts[at] : 0)];
    }
}
