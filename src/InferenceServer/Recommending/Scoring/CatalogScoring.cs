using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending.Content;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>
/// Scores the catalogue for a learner: by the model; works that it does not know by their neighbours; and where it has
/// nothing to say of the learner at all, by what she says of herself and by the content of what she looked at. Thread-safe.
/// </summary>
internal sealed class CatalogScoring(ContentIndexing indexing, CountsScorerSource counts, IOptions<ContentOptions> options)
{
    private const float TrailDecay = 0.8f;      // of the weight of a work of the trail for each newer one
    private const int TrailMax = 20;
    private const float FieldFactor = 1.5f;     // a text's likeness counts so much more in a preferred field
    private const float FieldShare = 0.01f;     // what a preferred field alone is worth
    private const float PopularShare = 0.09f;   // and what popularity within it adds at most

    /// <summary>Scores the catalogue; the caller disposes the board.</summary>
    public async ValueTask<ScoreBoard> ScoreAsync(WorkTable table, LearnerView learner, IWorkScorer scorer, CancellationToken cancellationToken)
    {
        var board = new ScoreBoard(table, scorer, indexing.Current);
        try
        {
            if (learner.Trail.Count > 0)
            {
                await scorer.ScoreAsync(table, learner.Trail, board.ScoresMemory, cancellationToken);
                board.Content.Cold.Score(board.Scores);
            }

            if (!board.Scores.ContainsAnyExcept(0f))
            {
                ScoreByContent(board, learner);
            }

            return board;
        }
        catch
        {
            board.Dispose();
            throw;
        }
    }

    /// <summary>The vector of a text.</summary>
    public ContentVector VectorOf(string text) => VectorOf(text, indexing.Current);

    /// <summary>The works of the trail most like a work, with their part of the likeness, the greatest first.</summary>
    public static IReadOnlyList<(string WorkId, double Share)> Reasons(ScoreBoard board, LearnerView learner, int row, int most)
    {
        var vector = board.Content.Index.VectorOf(row) ?? ContentVector.Empty;
        var parts = TrailVectors(board, learner).Select(part => (part.WorkId, Likeness: (double)part.Weight * part.Vector.Likeness(vector))).Where(part => part.Likeness > 0).ToArray();
        var sum = parts.Sum(part => part.Likeness);
        return [.. parts.OrderByDescending(part => part.Likeness).ThenBy(part => part.WorkId, StringComparer.Ordinal).Take(most).Select(part => (part.WorkId, part.Likeness / sum))];
    }

    private static IEnumerable<(string WorkId, ContentVector Vector, float Weight)> TrailVectors(ScoreBoard board, LearnerView learner)
    {
        var weight = 1f;
        foreach (var id in learner.Trail.Reverse().Take(TrailMax))
        {
            if (board.Table.RowOf(id) is >= 0 and var row && board.Content.Index.VectorOf(row) is { } vector)
            {
                yield return (id, vector, weight);
            }

            weight *= TrailDecay;
        }
    }

    private ContentVector VectorOf(string text, ContentState content) =>
        content.Index.Rarity.Vector(new FeatureBag().AddText(text, 1), options.Value.FeaturesMax);

    private void ScoreByContent(ScoreBoard board, LearnerView learner)
    {
        board.IsByContent = true;
        var said = learner.Words.Select(words => (VectorOf(words, board.Content), 1f));
        var seen = TrailVectors(board, learner).Select(part => (part.Vector, part.Weight));
        board.Content.Index.Accumulate(ContentVector.Sum(said.Concat(seen)), 1, board.Scores);
        if (learner.Fields.Count > 0)
        {
            PreferFields(board, learner.Fields);
        }

        foreach (var row in learner.Trail.Select(board.Table.RowOf).Where(row => row >= 0))
        {
            board.Scores[row] = 0; // most like what she looked at is what she looked at
        }
    }

    private void PreferFields(ScoreBoard board, IReadOnlySet<int> fields)
    {
        var table = board.Table;
        var scores = board.Scores;
        for (var row = 0; row < scores.Length; row++)
        {
            if (fields.Contains(table.Facts(row).Field))
            {
                scores[row] = (FieldFactor * scores[row]) + FieldShare;
            }
        }

        var current = counts.Current;
        var (places, model) = (current.Places(table), current.Counts.Model);
        for (var item = 0; item < places.Length; item++)
        {
            if ((uint)places[item] < (uint)scores.Length && fields.Contains(table.Facts(places[item]).Field))
            {
                scores[places[item]] += PopularShare * model.PopularityOf(item) / (model.PopularityOf(model.PopularFirst[0]) + 1);
            }
        }
    }
}
