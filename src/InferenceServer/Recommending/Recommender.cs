using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Recommending.Rules;
using KpGrpc.InferenceServer.Recommending.Scoring;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>
/// Makes lists: scores of the whole catalogue → hard filters → the best → popularity behind them → diversity → the
/// operator's rules. As many works come back as exist. Thread-safe.
/// </summary>
internal sealed class Recommender(WorkStore store, CatalogScoring scoring, CountsScorerSource counts, BusinessRules rules, TimeProvider time)
{
    private const int ReasonsOfList = 3;
    private const int ReasonsOfExplanation = 10;
    private const int PoolFactor = 5; // candidates a place that diversity and rules choose from
    private const int PoolMin = 50;

    /// <summary>The best works for a learner, in order.</summary>
    public async ValueTask<IReadOnlyList<Recommended>> RecommendAsync(
        LearnerView learner, RecommendationQuery query, IWorkScorer scorer, CancellationToken cancellationToken)
    {
        var (table, catalog) = (store.Table, store.Works); // in this order: the catalogue is not older than the table
        using var board = await scoring.ScoreAsync(table, learner, scorer, cancellationToken);
        var filter = FilterOf(table, learner, query);
        var popular = new PopularTier(counts.Current, table, catalog);
        var list = Choose(board, popular, filter, query);
        rules.Place(list, query.Count, learner.LearnerId, table, filter.Admits, popular.PopularityOf);

        var results = new List<Recommended>(list.Count);
        foreach (var candidate in list)
        {
            results.Add(await DescribeAsync(board, learner, candidate, ReasonsOfList, cancellationToken));
        }

        return results;
    }

    /// <summary>Why a work is, or is not, recommended to a learner; null when the catalogue lacks it.</summary>
    public async ValueTask<Explained?> ExplainAsync(
        LearnerView learner, RecommendationQuery query, string workId, IWorkScorer scorer, CancellationToken cancellationToken)
    {
        var (table, catalog) = (store.Table, store.Works);
        if (table.Find(workId) is null)
        {
            return null;
        }

        var row = table.RowOf(workId);
        using var board = await scoring.ScoreAsync(table, learner, scorer, cancellationToken);
        var filter = FilterOf(table, learner, query);
        var popular = new PopularTier(counts.Current, table, catalog);
        var candidate = new Candidate(row, board.Scores[row] > 0 ? board.Scores[row] : popular.ScoreOf(row), board.PathOf(row));
        var exclusion = filter.Check(row);
        return new Explained(
            await DescribeAsync(board, learner, candidate, ReasonsOfExplanation, cancellationToken),
            exclusion == Exclusion.None ? RankOf(board, popular, filter, candidate) : 0,
            exclusion);
    }

    private static int RankOf(ScoreBoard board, PopularTier popular, HardFilter filter, Candidate own)
    {
        var (table, better) = (board.Table, 0);
        var scores = board.Scores;
        for (var row = 0; row < scores.Length; row++)
        {
            // Most rows are told apart by a float; only those as good by the model need their popularity.
            if ((own.Score > 0 && scores[row] < own.Score) || row == own.Row || !filter.Admits(row))
            {
                continue;
            }

            var score = scores[row] > 0 ? scores[row] : popular.ScoreOf(row);
            better += score > own.Score || (score == own.Score && string.CompareOrdinal(table.IdOf(row), table.IdOf(own.Row)) < 0) ? 1 : 0;
        }

        return better + 1;
    }

    private static double Likeness(ScoreBoard board, int a, int b)
    {
        if (board.Content.Index.VectorOf(a) is { } first && board.Content.Index.VectorOf(b) is { } second)
        {
            return first.Likeness(second);
        }

        var (one, other) = (board.Table[a]!, board.Table[b]!);
        return (one.Field == other.Field ? 0.5 : 0) + (one.ProducerId == other.ProducerId ? 0.5 : 0);
    }

    private HardFilter FilterOf(WorkTable table, LearnerView learner, RecommendationQuery query) => new(
        table,
        query.Filter,
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        query.IncludeOwned ? [] : learner.History.Taken(),
        learner.History.Hidden().Concat(query.Hidden));

    private List<Candidate> Choose(ScoreBoard board, PopularTier popular, HardFilter filter, RecommendationQuery query)
    {
        var diversity = query.Diversity ?? rules.Diversity;
        var pool = diversity > 0 || query.PerProducerMax > 0 || rules.Boosts ? Math.Max(PoolMin, PoolFactor * query.Count) : query.Count;
        while (true)
        {
            var ranked = rules.Boost(Best(board, popular, filter, pool), board.Table);
            var chosen = Diversity.Choose(
                ranked, query.Count, diversity, query.PerProducerMax, row => board.Table[row]!.ProducerId, (a, b) => Likeness(board, a, b));
            if (chosen.Count == query.Count || ranked.Count < pool)
            {
                return chosen;
            }

            pool *= PoolFactor; // one producer holds most of the pool
        }
    }

    private static List<Candidate> Best(ScoreBoard board, PopularTier popular, HardFilter filter, int pool)
    {
        var ranked = TopRows.Select(board.Scores, pool, board.Table, filter.Admits)
            .ConvertAll(row => new Candidate(row, board.Scores[row], board.PathOf(row)));
        if (ranked.Count < pool)
        {
            ranked.AddRange(popular.Select(pool - ranked.Count, row => board.Scores[row] <= 0 && filter.Admits(row)));
        }

        return ranked;
    }

    private async ValueTask<Recommended> DescribeAsync(
        ScoreBoard board, LearnerView learner, Candidate candidate, int most, CancellationToken cancellationToken)
    {
        var id = board.Table.IdOf(candidate.Row);
        IReadOnlyList<(string WorkId, double Share)> because = [];
        if (candidate.Path == board.Scorer.Path)
        {
            because = await board.Scorer.ExplainAsync(learner.Trail, id, most, cancellationToken);
        }
        else if (candidate.Path == RankPath.Content)
        {
            var carrier = board.IsByContent ? -1 : board.Content.Cold.CarrierOf(candidate.Row, board.Scores);
            because = carrier < 0
                ? CatalogScoring.Reasons(board, learner, candidate.Row, most)
                : await board.Scorer.ExplainAsync(learner.Trail, board.Table.IdOf(carrier), most, cancellationToken);
        }

        return new Recommended(board.Table[candidate.Row]!, candidate.Score, candidate.Path, ModelOf(board, candidate.Path), because);
    }

    private (string Name, string Version)? ModelOf(ScoreBoard board, RankPath path) => path switch
    {
        RankPath.Counts or RankPath.Transformer => (board.Scorer.Model, board.Scorer.Version),
        RankPath.Content => board.Content.ModelRef,
        RankPath.Popular => (CountsWorkScorer.Name, counts.Current.Version),
        _ => null,
    };
}
