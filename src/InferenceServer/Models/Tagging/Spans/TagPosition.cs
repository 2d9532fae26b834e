namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>Where in a mention a token stands.</summary>
internal enum TagPosition
{
    /// <summary>In none (O).</summary>
    Outside,

    /// <summary>First of several (B).</summary>
    Begin,

    /// <summary>Neither first nor last; in schemes without an end also the last (I, M).</summary>
    Inside,

    /// <summary>Last of several (E, L).</summary>
    End,

    /// <summary>The only one (S, U, W).</summary>
    Single,

    /// <summary>Somewhere in one: a tag without a position, as in a scheme of bare labels.</summary>
    Any,
}
