namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>How mentions become tags when a tagger is trained.</summary>
internal enum TagScheme
{
    /// <summary>Begin and inside: 2 tags a label.</summary>
    Bio,

    /// <summary>Begin, inside, end and single: 4 tags a label; ends are learned, not only starts.</summary>
    Bioes,
}
