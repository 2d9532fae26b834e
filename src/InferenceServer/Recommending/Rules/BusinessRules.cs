using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KpGrpc.InferenceServer.Catalog;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending.Rules;

/// <summary>
/// What the operator changes in a list that the models made: boosts before the choice, placed works and trials after it.
/// Nothing is left to chance: the same learner has the same trials for a whole day (UTC). Thread-safe.
/// </summary>
internal sealed class BusinessRules(IOptions<RecommendationOptions> options, TimeProvider time)
{
    private const int FirstTrialPlace = 2; // from 0: the best two places are never a trial
    private const int AttemptsMax = 64;    // rows looked at for one trial

    private readonly RecommendationOptions options = options.Value;

    /// <summary>Weight of diversity where a request names none.</summary>
    public double Diversity => options.Diversity;

    /// <summary>True when a rule changes scores now, so that more candidates than places are to be looked at.</summary>
    public bool Boosts => Active().Any(rule => rule.Boost != 1);

    /// <summary>Candidates with their scores changed by the rules, best first.</summary>
    public IReadOnlyList<Candidate> Boost(IReadOnlyList<Candidate> ranked, WorkTable table)
    {
        var rules = Active().Where(rule => rule.Boost != 1).ToArray();
        return rules.Length == 0
            ? ranked
            : [.. ranked.Select(candidate => candidate with { Score = Boosted(candidate, table[candidate.Row]!, rules) })
                .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => table.IdOf(candidate.Row), StringComparer.Ordinal)];
    }

    /// <summary>Puts trials and placed works into a list, which keeps its length where it can.</summary>
    /// <param name="list">Best first; changed.</param>
    /// <param name="count">Places.</param>
    /// <param name="learnerId">Whose list it is.</param>
    /// <param name="table">The catalogue.</param>
    /// <param name="admits">The hard filter.</param>
    /// <param name="popularityOf">How many took a work up.</param>
    public void Place(List<Candidate> list, int count, string learnerId, WorkTable table, Func<int, bool> admits, Func<int, int> popularityOf)
    {
        var placed = Try(list, learnerId, table, admits, popularityOf);
        foreach (var rule in Active().Where(rule => rule.Position > 0))
        {
            var at = rule.Position - 1;
            foreach (var row in rule.WorkIds.Select(table.RowOf).Where(row => row >= 0 && admits(row)))
            {
                list.RemoveAll(candidate => candidate.Row == row);
                list.Insert(Math.Min(at++, list.Count), new Candidate(row, 0, RankPath.Rule));
                placed = true;
            }
        }

        if (placed)
        {
            list.RemoveRange(Math.Min(count, list.Count), Math.Max(0, list.Count - count));
            LetScoresFall(list);
        }
    }

    private static bool Concerns(RecommendationRule rule, Work work) =>
        (rule.WorkIds.Count == 0 || rule.WorkIds.Contains(work.WorkId))
        && (rule.ProducerIds.Count == 0 || rule.ProducerIds.Contains(work.ProducerId))
        && (rule.Fields.Count == 0 || rule.Fields.Contains(work.Field));

    private static double Boosted(Candidate candidate, Work work, RecommendationRule[] rules)
    {
        var factor = rules.Where(rule => Concerns(rule, work)).Aggregate(1.0, (product, rule) => product * rule.Boost);
        return candidate.Score > 0 ? candidate.Score * factor : Math.Min(((candidate.Score + 1) * factor) - 1, -double.Epsilon);
    }

    /// <summary>A list is in order of its scores: what was put in has one between its neighbours'.</summary>
    private static void LetScoresFall(List<Candidate> list)
    {
        var next = list.FindIndex(candidate => candidate.Path is not (RankPath.Rule or RankPath.Exploration));
        var least = next >= 0 ? list[next].Score + next : list.Count;
        for (var at = 0; at < list.Count; at++)
        {
            var own = list[at].Path is RankPath.Rule or RankPath.Exploration ? least : list[at].Score;
            least = at == 0 ? own : Math.Min(own, Math.BitDecrement(least));
            list[at] = list[at] with { Score = least };
        }
    }

    private IEnumerable<RecommendationRule> Active()
    {
        var now = time.GetUtcNow();
        return options.Rules.Where(rule => !(now < rule.From) && !(now >= rule.Until));
    }

    private bool Try(List<Candidate> list, string learnerId, WorkTable table, Func<int, bool> admits, Func<int, int> popularityOf)
    {
        if (options.ExplorationShare <= 0 || table.Count == 0)
        {
            return false;
        }

        var day = time.GetUtcNow().ToUnixTimeSeconds() / 86_400;
        var seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{day}/{learnerId}")));
        var tried = false;
        for (var place = FirstTrialPlace; place < list.Count; place++)
        {
            if (Next(ref seed) / (double)ulong.MaxValue >= options.ExplorationShare)
            {
                continue;
            }

            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                var row = (int)(Next(ref seed) % (ulong)table.Count);
                if (admits(row) && popularityOf(row) <= options.ExplorationPopularityMax && list.TrueForAll(candidate => candidate.Row != row))
                {
                    list.Insert(place, new Candidate(row, 0, RankPath.Exploration));
                    list.RemoveAt(list.Count - 1);
                    tried = true;
                    break;
                }
            }
        }

        return tried;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Next(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
