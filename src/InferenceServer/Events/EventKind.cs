namespace KpGrpc.InferenceServer.Events;

/// <summary>What a learner did. The numbers are the contract's (<c>kp.event.v1.EventKind</c>) and are persisted.</summary>
internal enum EventKind : byte
{
    /// <summary>Opened the work's page.</summary>
    View = 1,

    /// <summary>Played, read or attended a part.</summary>
    Play = 2,

    /// <summary>Finished the work.</summary>
    Complete = 3,

    /// <summary>Bought the work.</summary>
    Purchase = 4,

    /// <summary>Took a purchase back.</summary>
    Refund = 5,

    /// <summary>Rated the work.</summary>
    Rating = 6,

    /// <summary>Was shown the work.</summary>
    Exposure = 7,

    /// <summary>Searched; no work.</summary>
    Search = 8,

    /// <summary>Chose the work out of a list.</summary>
    Click = 9,

    /// <summary>Enrolled without a recorded purchase.</summary>
    Enrol = 10,

    /// <summary>Asked not to see the work again.</summary>
    Hide = 11,

    /// <summary>Saved the work for later.</summary>
    Save = 12,

    /// <summary>Shared the work.</summary>
    Share = 13,

    /// <summary>Told of herself; no work.</summary>
    Declaration = 14,
}
