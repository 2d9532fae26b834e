using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// A sequence with some of its tokens hidden (Devlin et al. 2019): of those 80 % are masked, 10 % replaced and 10 % left.
/// Whole runs are hidden (Joshi et al. 2020, SpanBERT), as a Chinese character is too easily guessed from its neighbour.
/// </summary>
/// <param name="Ids">What the network reads.</param>
/// <param name="Hidden">Positions that are to be guessed.</param>
/// <param name="Originals">The sequence as it was.</param>
internal sealed record MaskedTokens(int[] Ids, int[] Hidden, int[] Originals)
{
    private const double HiddenShare = 0.15;
    private const int RunMax = 3;
    private const double MaskedShare = 0.8;
    private const double ReplacedShare = 0.1;

    /// <summary>Hides tokens of a sequence; at least one where it has any.</summary>
    public static MaskedTokens Of(int[] ids, Vocabulary vocabulary, SeededRandom random)
    {
        var masked = (int[])ids.Clone();
        var hidden = new SortedSet<int>();
        var tokens = ids.Length - 2;
        var wanted = Math.Max(1, (int)Math.Round(tokens * HiddenShare));
        for (var tries = 0; hidden.Count < wanted && tokens > 0 && tries < 4 * wanted; tries++)
        {
            var start = 1 + random.Below(tokens);
            var run = 1 + random.Below(RunMax);
            for (var at = start; at < Math.Min(start + run, ids.Length - 1) && hidden.Count < wanted; at++)
            {
                hidden.Add(at);
            }
        }

        foreach (var at in hidden)
        {
            var draw = random.Fraction();
            masked[at] = draw < MaskedShare ? vocabulary.Mask
                : draw < MaskedShare + ReplacedShare ? random.Below(vocabulary.Count)
                : ids[at];
        }

        return new MaskedTokens(masked, [.. hidden], ids);
    }
}
