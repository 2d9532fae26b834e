using System.Collections.Immutable;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending.Scoring;

namespace KpGrpc.InferenceServer.Recommending.Ranking;

/// <summary>
/// All works by falling popularity, then work id: what fills a list that no model can fill, down to works that nobody has
/// taken up. Scores lie in [-1, 0), so that every work that something speaks for comes before.
/// </summary>
/// <param name="counts">Knows the popularity.</param>
/// <param name="table">The catalogue version.</param>
/// <param name="catalog">The catalogue by identifier, not older than the table.</param>
internal sealed class PopularTier(CountsWorkScorer counts, WorkTable table, ImmutableSortedDictionary<string, Work> catalog)
{
    private const int NamesTried = 2_000; // works read in order of their names before the whole table is searched instead

    private readonly int[] places = counts.Places(table);
    private readonly int most = counts.Counts.Model.ItemCount == 0 ? 0 : counts.Counts.Model.PopularityOf(counts.Counts.Model.PopularFirst[0]);

    /// <summary>The best works that the filter admits.</summary>
    public List<Candidate> Select(int count, Func<int, bool> admits)
    {
        var best = new List<Candidate>(Math.Max(0, count));
        foreach (var item in counts.Counts.Model.PopularFirst)
        {
            if (best.Count >= count)
            {
                return best;
            }

            if ((uint)places[item] < (uint)table.Count && admits(places[item]))
            {
                best.Add(new Candidate(places[item], ScoreOfItem(item), RankPath.Popular));
            }
        }

        best.AddRange(Unpopular(count - best.Count, admits).Select(row => new Candidate(row, ScoreOfItem(-1), RankPath.Popular)));
        return best;
    }

    /// <summary>The score of a work's popularity, in [-1, 0).</summary>
    public double ScoreOf(int row) => ScoreOfItem(counts.Counts.Indices.GetValueOrDefault(table.IdOf(row), -1));

    /// <summary>How many learners took the work up, as the counts model was trained.</summary>
    public int PopularityOf(int row) => counts.Counts.Indices.TryGetValue(table.IdOf(row), out var item) ? counts.Counts.Model.PopularityOf(item) : 0;

    private double ScoreOfItem(int item) => item < 0 ? -1 : ((double)counts.Counts.Model.PopularityOf(item) / (most + 1)) - 1;

    private List<int> Unpopular(int count, Func<int, bool> admits)
    {
        var found = new List<int>(count);
        foreach (var id in catalog.Keys.Take(NamesTried))
        {
            if (found.Count >= count)
            {
                return found;
            }

            if (table.RowOf(id) is >= 0 and var row && IsUnpopular(row, admits))
            {
                found.Add(row);
            }
        }

        if (found.Count >= count || catalog.Count <= NamesTried)
        {
            return found;
        }

        // The filter admits few: reading the facts of all rows is faster than following names.
        return [.. Enumerable.Range(0, table.Count).Where(row => IsUnpopular(row, admits)).OrderBy(table.IdOf, StringComparer.Ordinal).Take(count)];
    }

    private bool IsUnpopular(int row, Func<int, bool> admits) => admits(row) && !counts.Counts.Indices.ContainsKey(table.IdOf(row));
}
