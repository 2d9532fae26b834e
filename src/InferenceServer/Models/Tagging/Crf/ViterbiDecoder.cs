using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>
/// The best row of tags that keeps the scheme's rules (Viterbi 1967). Without learned transitions every allowed one is as
/// good, so that also a tagger without a CRF gives whole mentions. Thread-safe.
/// </summary>
internal sealed class ViterbiDecoder
{
    private readonly TagSet tags;
    private readonly TransitionScores scores;
    private readonly int[][] before; // tags that may stand before each tag

    /// <summary>Makes the decoder of a tag set.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="scores">What a CRF learned, or null.</param>
    public ViterbiDecoder(TagSet tags, TransitionScores? scores = null)
    {
        this.tags = tags;
        this.scores = scores ?? TransitionScores.Zero(tags.Count);
        before = [.. Enumerable.Range(0, tags.Count).Select(after => Enumerable.Range(0, tags.Count).Where(tag => tags.MayFollow(tag, after)).ToArray())];
    }

    /// <summary>Decodes one sequence.</summary>
    /// <param name="emissions">[length, tags]: a score for each token and tag, row by row.</param>
    /// <param name="length">Tokens; 0 gives an empty row.</param>
    public int[] Decode(ReadOnlySpan<float> emissions, int length)
    {
        var count = tags.Count;
        var path = new int[length];
        if (length == 0)
        {
            return path;
        }

        var best = new float[count];
        var next = new float[count];
        var from = new int[length * count];
        for (var tag = 0; tag < count; tag++)
        {
            best[tag] = tags.MayStart(tag) ? emissions[tag] + scores.Start[tag] : float.NegativeInfinity;
        }

        for (var at = 1; at < length; at++)
        {
            for (var tag = 0; tag < count; tag++)
            {
                var (origin, score) = Best(best, tag);
                from[(at * count) + tag] = origin;
                next[tag] = score + emissions[(at * count) + tag];
            }

            (best, next) = (next, best);
        }

        path[^1] = Last(best);
        for (var at = length - 1; at > 0; at--)
        {
            path[at - 1] = from[(at * count) + path[at]];
        }

        return path;
    }

    private (int Origin, float Score) Best(float[] best, int tag)
    {
        var found = (Origin: 0, Score: float.NegativeInfinity);
        foreach (var origin in before[tag])
        {
            var score = best[origin] + scores.Between[(origin * tags.Count) + tag];
            if (score > found.Score)
            {
                found = (origin, score);
            }
        }

        return found;
    }

    private int Last(float[] best)
    {
        var found = 0;
        var highest = float.NegativeInfinity;
        for (var tag = 0; tag < best.Length; tag++)
        {
            var score = tags.MayEnd(tag) ? best[tag] + scores.End[tag] : float.NegativeInfinity;
            if (score > highest)
            {
                (found, highest) = (tag, score);
            }
        }

        return found;
    }
}
