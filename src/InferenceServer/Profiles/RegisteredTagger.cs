using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Tags learners' own texts with the registry's tagger, at bulk priority where there are many.</summary>
/// <param name="tagger">The tagger in traffic.</param>
/// <param name="time">Clock of the deadline.</param>
internal sealed class RegisteredTagger(TextTagger tagger, TimeProvider time) : ILearnerTagger
{
    private const int TextMax = 4_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async ValueTask<LearnerTags?> TagAsync(IReadOnlyList<LearnerText> texts, CancellationToken cancellationToken)
    {
        string[] words = [.. texts.Select(text => text.Words.Length > TextMax ? text.Words[..TextMax] : text.Words).Where(text => text.Length > 0)];
        if (await tagger.TagAsync(words, null, null, time.GetUtcNow() + Patience, cancellationToken) is not { } tagged)
        {
            return null;
        }

        var tags = tagged.Texts.SelectMany((found, index) =>
        {
            var points = new CodePoints(words[index]);
            return found.Reply.Spans.Select((span, at) => new LearnerTag(span.Label, points.Between(span.Start, span.End), found.Reply.Scores[at]));
        });
        return new LearnerTags([.. tags], tagged.Model, tagged.Version);
    }
}
