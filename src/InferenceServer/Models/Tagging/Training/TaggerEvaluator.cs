using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>Measures a tagger on texts whose mentions are known: exact spans in code points of the whole text.</summary>
internal static class TaggerEvaluator
{
    private const int CallSize = 256;

    /// <summary>Scores the texts. Mentions that were cut off with the end of a long text count as not found.</summary>
    /// <param name="runner">The tagger.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">Ends it between calls.</param>
    public static SpanScores Run(TaggerRunner runner, IReadOnlyList<TaggedText> texts, CancellationToken cancellationToken)
    {
        var scores = new SpanScores();
        foreach (var chunk in texts.OrderBy(text => text.Text.Length).Chunk(CallSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var replies = runner.Run([.. chunk.Select(text => runner.Model.Tokenizer.Tokenize(text.Text))]);
            for (var at = 0; at < chunk.Length; at++)
            {
                scores.Add(chunk[at].Spans, replies[at].Spans);
            }
        }

        return scores;
    }
}
