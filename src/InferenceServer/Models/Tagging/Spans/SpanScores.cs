namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>Counts mentions found against mentions there are, and scores them as seqeval's classification report does.</summary>
internal sealed class SpanScores
{
    private readonly SortedDictionary<string, (long Right, long Found, long Real)> counts = new(StringComparer.Ordinal);

    /// <summary>Each label that was found or is there, in ordinal order.</summary>
    public IReadOnlyList<LabelScore> Labels => [.. counts.Select(pair => Score(pair.Key, pair.Value))];

    /// <summary>All mentions together.</summary>
    public LabelScore Micro => Score(
        "micro avg", (counts.Values.Sum(count => count.Right), counts.Values.Sum(count => count.Found), counts.Values.Sum(count => count.Real)));

    /// <summary>The mean over labels, each weighing the same.</summary>
    public LabelScore Macro => Average("macro avg", _ => 1);

    /// <summary>The mean over labels, each weighing as many mentions as there are.</summary>
    public LabelScore Weighted => Average("weighted avg", score => score.Support);

    /// <summary>Takes one text.</summary>
    /// <param name="real">The mentions there are; equal ones count once.</param>
    /// <param name="found">The mentions found.</param>
    public void Add(IEnumerable<Span> real, IEnumerable<Span> found)
    {
        var expected = real.ToHashSet();
        foreach (var span in expected)
        {
            Count(span.Label, 0, 0, 1);
        }

        foreach (var span in found.Distinct())
        {
            Count(span.Label, expected.Contains(span) ? 1 : 0, 1, 0);
        }
    }

    private static LabelScore Score(string label, (long Right, long Found, long Real) count)
    {
        var (right, found, real) = count;
        return new LabelScore(
            label,
            found > 0 ? (double)right / found : 0,
            real > 0 ? (double)right / real : 0,
            found + real > 0 ? 2.0 * right / (found + real) : 0,
            real);
    }

    private LabelScore Average(string name, Func<LabelScore, double> weight)
    {
        var scores = Labels;
        var total = scores.Sum(weight);
        return new LabelScore(
            name,
            total > 0 ? scores.Sum(score => score.Precision * weight(score)) / total : 0,
            total > 0 ? scores.Sum(score => score.Recall * weight(score)) / total : 0,
            total > 0 ? scores.Sum(score => score.F1 * weight(score)) / total : 0,
            scores.Sum(score => score.Support));
    }

    private void Count(string label, int right, int found, int real)
    {
        var (rightBefore, foundBefore, realBefore) = counts.GetValueOrDefault(label);
        counts[label] = (rightBefore + right, foundBefore + found, realBefore + real);
    }
}
