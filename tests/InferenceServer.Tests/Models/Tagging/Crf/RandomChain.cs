using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Crf;

/// <summary>Small chains whose rows of tags can all be tried.</summary>
internal static class RandomChain
{
    /// <summary>Random scores, those that the scheme forbids far below zero.</summary>
    public static (TransitionScores Scores, float[] Emissions) Of(TagSet tags, int length, int seed)
    {
        var random = new SeededRandom(7, "chain", seed);
        float Draw() => (float)((4 * random.Fraction()) - 2);
        float[] start = [.. Enumerable.Range(0, tags.Count).Select(tag => tags.MayStart(tag) ? Draw() : -1e4f)];
        float[] end = [.. Enumerable.Range(0, tags.Count).Select(tag => tags.MayEnd(tag) ? Draw() : -1e4f)];
        float[] between = [.. Enumerable.Range(0, tags.Count * tags.Count).Select(pair => tags.MayFollow(pair / tags.Count, pair % tags.Count) ? Draw() : -1e4f)];
        return (new TransitionScores(start, between, end), [.. Enumerable.Range(0, length * tags.Count).Select(_ => Draw())]);
    }

    /// <summary>All rows of tags of a length.</summary>
    public static IEnumerable<int[]> Rows(int tags, int length) => length == 0
        ? [[]]
        : Rows(tags, length - 1).SelectMany(row => Enumerable.Range(0, tags).Select(tag => (int[])[.. row, tag]));

    /// <summary>Whether a row keeps the scheme's rules.</summary>
    public static bool IsAllowed(TagSet tags, int[] row) =>
        tags.MayStart(row[0]) && tags.MayEnd(row[^1]) && row.Zip(row.Skip(1)).All(pair => tags.MayFollow(pair.First, pair.Second));

    /// <summary>The score of a row.</summary>
    public static double Score(TransitionScores scores, float[] emissions, int[] row)
    {
        var count = scores.Start.Length;
        var score = (double)scores.Start[row[0]] + scores.End[row[^1]];
        for (var at = 0; at < row.Length; at++)
        {
            score += emissions[(at * count) + row[at]] + (at > 0 ? scores.Between[(row[at - 1] * count) + row[at]] : 0);
        }

        return score;
    }
}
