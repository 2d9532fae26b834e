namespace KpGrpc.InferenceServer.Catalog;

/// <summary>
/// Lexical search: a work scores by where the query's terms stand in it (title 3, tag or category 2, description 1),
/// divided by the most it could score. Runs of Chinese, Japanese and Korean letters are cut into pairs, since they have
/// no blanks. Reads every work: made for catalogues of some 100,000.
/// </summary>
internal static class WorkSearch
{
    private const double TitleWeight = 3;
    private const double LabelWeight = 2;
    private const double BodyWeight = 1;
    private const int TermsMax = 64;

    /// <summary>A work that matches.</summary>
    /// <param name="Work">The work.</param>
    /// <param name="Key">What orders it before its identifier, descending: the score, or without a query the time of publication.</param>
    /// <param name="Score">In (0, 1], or 0 without a query.</param>
    public readonly record struct Hit(Work Work, double Key, double Score);

    /// <summary>Works that match, in order: key descending, then identifier ascending.</summary>
    public static IEnumerable<Hit> Find(IEnumerable<Work> works, string query, WorkFilter filter, long now)
    {
        var terms = Terms(query);
        return works.Where(work => filter.Admits(work, now))
            .Select(work => terms.Count == 0 ? new Hit(work, work.PublishedAt ?? double.MinValue, 0) : Rate(work, terms))
            .Where(hit => terms.Count == 0 || hit.Score > 0)
            .OrderByDescending(hit => hit.Key)
            .ThenBy(hit => hit.Work.WorkId, StringComparer.Ordinal);
    }

    /// <summary>The terms of a query in lower case, each once.</summary>
    internal static IReadOnlyList<string> Terms(string query)
    {
        var terms = new List<string>();
        var word = new List<char>();
        var script = false;
        foreach (var letter in query.ToLowerInvariant())
        {
            var han = IsUnspaced(letter);
            if (word.Count > 0 && (!char.IsLetterOrDigit(letter) || han != script))
            {
                Take(word, script, terms);
            }

            if (char.IsLetterOrDigit(letter))
            {
                word.Add(letter);
                script = han;
            }
        }

        Take(word, script, terms);
        return [.. terms.Distinct().Take(TermsMax)];
    }

    private static bool IsUnspaced(char letter) => letter is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7af');

    private static void Take(List<char> word, bool script, List<string> terms)
    {
        if (!script || word.Count <= 2)
        {
            if (word.Count > 0)
            {
                terms.Add(new string([.. word]));
            }
        }
        else
        {
            for (var at = 0; at + 1 < word.Count; at++)
            {
                terms.Add(new string([word[at], word[at + 1]]));
            }
        }

        word.Clear();
    }

    private static Hit Rate(Work work, IReadOnlyList<string> terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += work.Texts.Titles.Contains(term, StringComparison.Ordinal) ? TitleWeight : 0;
            sum += work.Texts.Labels.Contains(term, StringComparison.Ordinal) ? LabelWeight : 0;
            sum += work.Texts.Body.Contains(term, StringComparison.Ordinal) ? BodyWeight : 0;
        }

        var score = sum / (terms.Count * (TitleWeight + LabelWeight + BodyWeight));
        return new Hit(work, score, score);
    }
}
