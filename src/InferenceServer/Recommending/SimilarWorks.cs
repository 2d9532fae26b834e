using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Recommending.Scoring;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>Finds works like a work or a text. Thread-safe.</summary>
internal sealed class SimilarWorks(WorkStore store, ContentIndexing indexing, CountsScorerSource counts, CatalogScoring scoring, TimeProvider time)
{
    private const float BelowSame = 0.9999f;
    private const float FollowedShare = 0.5f; // of the way to 1 that the most followed work goes
    private const int LettersCompared = 50; // works most like a text by features that are compared letter by letter

    /// <summary>False until the content of the catalogue has been indexed once.</summary>
    public bool IsReady => indexing.Current.Version > 0;

    /// <summary>
    /// Works like a work: the cosine of their content, raised by how often learners go from one to the other. 1 stands
    /// for the same titles and descriptions alone.
    /// </summary>
    /// <returns>By falling likeness, then work id; null when the catalogue lacks the work.</returns>
    public async ValueTask<IReadOnlyList<Recommended>?> ToWorkAsync(
        string workId, int count, WorkFilter filter, IReadOnlySet<string> hidden, CancellationToken cancellationToken)
    {
        var table = store.Table;
        if (table.Find(workId) is not { } subject)
        {
            return null;
        }

        var (content, scorer) = (indexing.Current, counts.Current);
        using var board = new ScoreBoard(table, scorer, content);
        await scorer.ScoreAsync(table, [workId], board.ScoresMemory, cancellationToken);
        var followed = Followed(board.Scores);
        board.Scores.Clear();
        content.Index.Accumulate(content.Index.VectorOf(table.RowOf(workId)) ?? ContentVector.Empty, 1, board.Scores);
        var byContent = new Dictionary<int, float>();
        for (var row = 0; row < table.Count; row++)
        {
            ref var score = ref board.Scores[row];
            if (score >= BelowSame && IsSame(subject, table[row]))
            {
                score = 1;
                continue;
            }

            score = Math.Min(BelowSame, score);
            if (followed.TryGetValue(row, out var share))
            {
                byContent[row] = score;
                score += (1 - score) * FollowedShare * share;
            }
        }

        var admits = FilterOf(table, filter, hidden);
        var best = TopRows.Select(board.Scores, count, table, row => row != table.RowOf(workId) && admits.Admits(row));
        return [.. best.Select(row => Result(board, row, board.Scores[row], IsRather(byContent, row, board.Scores[row]) ? RankPath.Counts : RankPath.Content))];
    }

    /// <summary>Works like a text, for finding near-duplicates before a work is registered.</summary>
    /// <returns>By falling likeness, then work id.</returns>
    public IReadOnlyList<Recommended> ToText(string text, int count, WorkFilter filter, IReadOnlySet<string> hidden)
    {
        var (table, content) = (store.Table, indexing.Current);
        using var board = new ScoreBoard(table, counts.Current, content);
        content.Index.Accumulate(scoring.VectorOf(text), 1, board.Scores);
        var letters = new TextLikeness(text, content.Index.Rarity);
        var near = TopRows.Select(board.Scores, Math.Max(count, LettersCompared), table, FilterOf(table, filter, hidden).Admits);
        return [.. near
            .Select(row => (Row: row, Score: Math.Max(Math.Min(BelowSame, board.Scores[row]), letters.Of(table[row]!))))
            .OrderByDescending(entry => entry.Score).ThenBy(entry => table.IdOf(entry.Row), StringComparer.Ordinal)
            .Take(count).Select(entry => Result(board, entry.Row, entry.Score, RankPath.Content))];
    }

    private static bool IsSame(Work subject, Work? other) =>
        other is not null && subject.Texts.Titles == other.Texts.Titles && subject.Texts.Body == other.Texts.Body;

    private static bool IsRather(Dictionary<int, float> byContent, int row, float score) =>
        byContent.TryGetValue(row, out var content) && score - content > content;

    /// <summary>Rows that learners go on to, with their share of the most followed one's count.</summary>
    private static Dictionary<int, float> Followed(ReadOnlySpan<float> scores)
    {
        var followed = new Dictionary<int, float>();
        var most = 0f;
        foreach (var score in scores)
        {
            most = Math.Max(most, score);
        }

        for (var row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0)
            {
                followed.Add(row, scores[row] / most);
            }
        }

        return followed;
    }

    private static Recommended Result(ScoreBoard board, int row, double likeness, RankPath path) => new(
        board.Table[row]!, likeness, path, path == RankPath.Counts ? (board.Scorer.Model, board.Scorer.Version) : board.Content.ModelRef, []);

    private HardFilter FilterOf(WorkTable table, WorkFilter filter, IReadOnlySet<string> hidden) =>
        new(table, filter, time.GetUtcNow().ToUnixTimeMilliseconds(), [], hidden);
}
