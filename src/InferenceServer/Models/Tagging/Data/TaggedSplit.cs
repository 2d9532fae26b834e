using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>Texts to learn from and texts held out of them, by which a training is steered.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To choose the best epoch by.</param>
internal sealed record TaggedSplit(IReadOnlyList<TaggedText> Train, IReadOnlyList<TaggedText> Validation)
{
    private const string Purpose = "tagger-split";

    /// <summary>Holds out a random share; equal texts stay on one side.</summary>
    /// <param name="texts">At least two different ones.</param>
    /// <param name="share">The share held out, in (0, 1).</param>
    /// <param name="seed">Same seed, same split.</param>
    /// <exception cref="TrainingException">One of the sides would be empty.</exception>
    public static TaggedSplit Of(IEnumerable<TaggedText> texts, double share, ulong seed)
    {
        var groups = texts.GroupBy(text => text.Text, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        new SeededRandom(seed, Purpose, 0).Shuffle(groups.AsSpan());
        var held = (int)Math.Ceiling(groups.Length * share);
        return held > 0 && held < groups.Length
            ? new TaggedSplit([.. groups.Skip(held).SelectMany(group => group)], [.. groups.Take(held).SelectMany(group => group)])
            : throw new TrainingException($"{groups.Length} different texts are too few to hold some out for validation; give a file with --validation.");
    }
}
