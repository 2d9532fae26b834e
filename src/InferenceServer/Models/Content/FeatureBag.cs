using System.Runtime.InteropServices;
using System.Text;

namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>
/// Hashed features of texts with how often, weighted, each occurs. A run of letters that scripts set apart by blanks
/// (Latin, Cyrillic, …) gives the word and its trigrams with the word's borders, so that inflections stay alike; a run of
/// Chinese, Japanese or Korean letters gives single letters, pairs and triples, since it has no blanks. Not thread-safe.
/// </summary>
internal sealed class FeatureBag
{
    private const float WordWeight = 1;
    private const float TrigramWeight = 0.35f;
    private const float LetterWeight = 0.3f;
    private const float PairWeight = 1;
    private const float TripleWeight = 0.5f;
    private const ulong Offset = 14695981039346656037; // FNV-1a, 64 bit
    private const ulong Prime = 1099511628211;

    private readonly Dictionary<ulong, float> weights = [];

    /// <summary>Features with their weighted numbers.</summary>
    public IReadOnlyDictionary<ulong, float> Weights => weights;

    /// <summary>Adds the features of a text.</summary>
    public FeatureBag AddText(string text, float weight)
    {
        var letters = Normalize(text);
        var from = 0;
        while (from < letters.Length)
        {
            if (!char.IsLetterOrDigit(letters[from]))
            {
                from++;
                continue;
            }

            var (until, unspaced) = (from + 1, IsUnspaced(letters[from]));
            while (until < letters.Length && char.IsLetterOrDigit(letters[until]) && IsUnspaced(letters[until]) == unspaced)
            {
                until++;
            }

            AddRun(letters.AsSpan(from, until - from), unspaced, weight);
            from = until;
        }

        return this;
    }

    /// <summary>Adds a label as one feature.</summary>
    public FeatureBag AddLabel(string label, float weight)
    {
        Add('#', label, weight);
        return this;
    }

    /// <summary>Compatibility forms unified, lower case: what features are taken from.</summary>
    public static string Normalize(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text.ToLowerInvariant(); // half of a surrogate pair: features of the rest are as good
        }
    }

    private static bool IsUnspaced(char letter) => letter is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7af');

    private void AddRun(ReadOnlySpan<char> run, bool unspaced, float weight)
    {
        if (unspaced)
        {
            for (var at = 0; at < run.Length; at++)
            {
                Add('1', run.Slice(at, 1), weight * LetterWeight);
                if (at + 1 < run.Length)
                {
                    Add('2', run.Slice(at, 2), weight * PairWeight);
                }

                if (at + 2 < run.Length)
                {
                    Add('3', run.Slice(at, 3), weight * TripleWeight);
                }
            }

            return;
        }

        Add('w', run, weight * WordWeight);
        if (run.Length > 2)
        {
            Add('<', run[..2], weight * TrigramWeight);
            Add('>', run[^2..], weight * TrigramWeight);
            for (var at = 0; at + 2 < run.Length; at++)
            {
                Add('t', run.Slice(at, 3), weight * TrigramWeight);
            }
        }
    }

    private void Add(char kind, ReadOnlySpan<char> letters, float weight)
    {
        var hash = (Offset ^ kind) * Prime;
        foreach (var letter in letters)
        {
            hash = (hash ^ letter) * Prime;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(weights, hash, out _) += weight;
    }
}
