namespace KpGrpc.InferenceServer.Recommending.Ranking;

/// <summary>
/// Maximal marginal relevance (Carbonell and Goldstein 1998): each place takes the candidate with the best balance of its
/// rank and of how unlike it is to those chosen before. Relevance is 1 / log2(1 + rank), so that it means the same for
/// every model.
/// </summary>
internal static class Diversity
{
    /// <summary>Chooses among candidates in order of rank.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="count">Places.</param>
    /// <param name="weight">0 (rank alone) to 1 (unlikeness alone).</param>
    /// <param name="perProducerMax">Candidates of one producer at most; 0: no bound.</param>
    /// <param name="producerOf">Producer of a row.</param>
    /// <param name="likeness">Likeness of two rows, 0 to 1.</param>
    /// <returns>As many as there are places, or as the bound leaves; scores do not rise along it.</returns>
    public static List<Candidate> Choose(
        IReadOnlyList<Candidate> ranked, int count, double weight, int perProducerMax, Func<int, string> producerOf, Func<int, int, double> likeness)
    {
        var chosen = new List<Candidate>(count);
        var perProducer = new Dictionary<string, int>(StringComparer.Ordinal);
        var nearest = new double[ranked.Count]; // to any chosen one
        var open = new List<int>(Enumerable.Range(0, ranked.Count));
        while (chosen.Count < count && open.Count > 0)
        {
            var at = weight > 0 ? MostWorthwhile(open, nearest, weight) : 0;
            var place = open[at];
            open.RemoveAt(at);
            var candidate = ranked[place];
            if (perProducerMax > 0)
            {
                var producer = producerOf(candidate.Row);
                var sofar = perProducer.GetValueOrDefault(producer);
                if (sofar >= perProducerMax)
                {
                    continue;
                }

                perProducer[producer] = sofar + 1;
            }

            chosen.Add(weight > 0 ? candidate with { Score = Worth(place, nearest[place], weight) } : candidate);
            for (var other = 0; weight > 0 && other < open.Count; other++)
            {
                nearest[open[other]] = Math.Max(nearest[open[other]], likeness(candidate.Row, ranked[open[other]].Row));
            }
        }

        return chosen;
    }

    private static int MostWorthwhile(List<int> open, double[] nearest, double weight)
    {
        var best = 0;
        for (var at = 1; at < open.Count; at++)
        {
            best = Worth(open[at], nearest[open[at]], weight) > Worth(open[best], nearest[open[best]], weight) ? at : best;
        }

        return best;
    }

    private static double Worth(int place, double nearest, double weight) => ((1 - weight) / Math.Log2(2 + place)) - (weight * nearest);
}
