using KpGrpc.InferenceServer.Models.Propensity.Features;

namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>Early stopping after the fact: how many of a model's trees the left-out rows want.</summary>
internal static class StagedLoss
{
    /// <summary>Finds the number of trees with the least log loss.</summary>
    /// <returns>That number (at least 1), the loss, and the log-odds of each row after so many trees.</returns>
    public static (int Trees, double Loss, double[] Scores) Best(BoostedTrees model, FeatureMatrix features, bool[] labels, int[] rows)
    {
        var scores = new double[rows.Length];
        Array.Fill(scores, model.Bias);
        var (best, least, kept) = (1, double.PositiveInfinity, scores);
        for (var tree = 0; tree < model.Count; tree++)
        {
            var loss = 0.0;
            for (var at = 0; at < rows.Length; at++)
            {
                scores[at] += model.Leaves[model.LeafOf(model.Roots[tree], features.Row(rows[at]))];
                loss += Math.Log(1 + Math.Exp(labels[rows[at]] ? -scores[at] : scores[at]));
            }

            if (loss / rows.Length < least)
            {
                (best, least, kept) = (tree + 1, loss / rows.Length, (double[])scores.Clone());
            }
        }

        return (best, least, kept);
    }
}
