namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// What a work is. The numbers are those of <c>kp.copyright.v1.WorkKind</c>.
/// </summary>
internal enum WorkKind
{
    /// <summary>A course of several lessons.</summary>
    Course = 1,

    /// <summary>An audio column or recording.</summary>
    Audio = 2,

    /// <summary>A book or text.</summary>
    Book = 3,

    /// <summary>A single video.</summary>
    Video = 4,

    /// <summary>Personal advice that is booked.</summary>
    Consultation = 5,

    /// <summary>Vocational training with practice.</summary>
    Training = 6,

    /// <summary>Anything else.</summary>
    Other = 7,
}
