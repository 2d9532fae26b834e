namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>All tags of a tagger by index, and which may follow which.</summary>
internal sealed class TagSet
{
    private readonly Dictionary<string, int> indexes;
    private readonly Tag[] tags;
    private readonly bool hasEnds;

    /// <summary>Takes the tags of a model.</summary>
    /// <param name="names">By index, each once; any of BIO, BIOES, BMES, BILOU, or bare labels.</param>
    public TagSet(IReadOnlyList<string> names)
    {
        Names = names;
        tags = [.. names.Select(Tag.Parse)];
        hasEnds = tags.Any(tag => tag.Position is TagPosition.End or TagPosition.Single);
        indexes = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        Labels = [.. tags.Where(tag => tag.Position != TagPosition.Outside).Select(tag => tag.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Names by index.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What can be mentioned, in ordinal order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many tags there are.</summary>
    public int Count => tags.Length;

    /// <summary>The tag of an index.</summary>
    public Tag this[int index] => tags[index];

    /// <summary>The tags of a scheme: <c>O</c> first, then label by label in ordinal order.</summary>
    public static TagSet Of(IEnumerable<string> labels, TagScheme scheme)
    {
        var positions = scheme == TagScheme.Bio ? "BI" : "BIES";
        return new TagSet(["O", .. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).SelectMany(label => positions.Select(position => $"{position}-{label}"))]);
    }

    /// <summary>Index of a tag by its name; 0 = <c>O</c> in the sets that <see cref="Of"/> makes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tag.</exception>
    public int IndexOf(string name) => indexes[name];

    /// <summary>Whether a sequence may begin with a tag.</summary>
    public bool MayStart(int tag) => tags[tag].Position is not (TagPosition.Inside or TagPosition.End);

    /// <summary>Whether a sequence may end with a tag.</summary>
    public bool MayEnd(int tag) => !hasEnds || tags[tag].Position is not (TagPosition.Begin or TagPosition.Inside);

    /// <summary>Whether a tag may follow another.</summary>
    public bool MayFollow(int before, int after)
    {
        var (from, to) = (tags[before], tags[after]);
        var isOpen = from.Position is TagPosition.Begin or TagPosition.Inside;
        var goesOn = to.Position is TagPosition.Inside or TagPosition.End;
        return goesOn ? isOpen && from.Label == to.Label : !isOpen || !hasEnds;
    }

    /// <summary>The tags of a row of tokens.</summary>
    /// <param name="length">How many tokens there are.</param>
    /// <param name="spans">Mentions in token positions. Of two that overlap, the one that begins first counts, of those the longer.</param>
    public int[] Encode(int length, IEnumerable<Span> spans)
    {
        var encoded = new int[length];
        var free = 0;
        foreach (var span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.End))
        {
            if (span.Start < free || span.End > length || span.End <= span.Start)
            {
                continue;
            }

            for (var at = span.Start; at < span.End; at++)
            {
                encoded[at] = IndexOf($"{Letter(at, span)}-{span.Label}");
            }

            free = span.End;
        }

        return encoded;
    }

    private char Letter(int at, Span span) => (at == span.Start, hasEnds && at == span.End - 1) switch
    {
        (true, true) => 'S',
        (true, false) => 'B',
        (false, true) => 'E',
        _ => 'I',
    };
}
