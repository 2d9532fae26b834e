namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// What a work is. The numbers are those of <c>kp.type.v1.WorkKind</c>.
/// </summary>
internal enum WorkKind
{
    /// <summary>A course of several lessons.</summary>
    Course = 1,

    /// <summary>An audio column that appears in instalments.</summary>
    AudioColumn = 2,

    /// <summary>A book to read.</summary>
    Book = 3,

    /// <summary>A consultation with a person.</summary>
    Consulting = 4,

    /// <summary>Vocational training, on site or guided.</summary>
    Training = 5,

    /// <summary>A single video.</summary>
    Video = 6,

    /// <summary>Anything else.</summary>
    Other = 7,
}
