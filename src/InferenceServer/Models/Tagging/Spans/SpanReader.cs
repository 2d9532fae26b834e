namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>
/// Mentions from a row of tags, as conlleval and seqeval read them: a mention begins at B or S, where the label changes and
/// after what cannot be before it; so tags that break their scheme's rules still give mentions.
/// </summary>
internal static class SpanReader
{
    /// <summary>The mentions in order, in positions of the row.</summary>
    public static List<Span> Read(IReadOnlyList<Tag> tags)
    {
        var spans = new List<Span>();
        var start = -1;
        for (var at = 0; at <= tags.Count; at++)
        {
            var tag = at < tags.Count ? tags[at] : new Tag(TagPosition.Outside, "");
            if (start >= 0 && Ends(tags[at - 1], tag))
            {
                spans.Add(new Span(start, at, tags[at - 1].Label));
                start = -1;
            }

            if (start < 0 && tag.Position != TagPosition.Outside)
            {
                start = at;
            }
        }

        return spans;
    }

    private static bool Ends(Tag before, Tag after) =>
        after.Position is TagPosition.Outside or TagPosition.Begin or TagPosition.Single
        || before.Position is TagPosition.End or TagPosition.Single
        || before.Label != after.Label;
}
