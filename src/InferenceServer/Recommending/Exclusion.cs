namespace KpGrpc.InferenceServer.Recommending;

/// <summary>Why a work is kept from a list. The numbers are the contract's (<c>ExclusionReason</c>); the first that holds is told.</summary>
internal enum Exclusion
{
    /// <summary>It is not kept out.</summary>
    None = 0,

    /// <summary>The learner has taken it up.</summary>
    Owned = 1,

    /// <summary>The learner or the caller hid it.</summary>
    Hidden = 2,

    /// <summary>It is not published, or was deleted.</summary>
    Unpublished = 3,

    /// <summary>Its time is over or has not come.</summary>
    Expired = 4,

    /// <summary>The rights to sell it are missing.</summary>
    Unlicensed = 5,

    /// <summary>It costs more than asked for, or in another currency.</summary>
    Price = 6,

    /// <summary>Format, field or language is not among those asked for.</summary>
    Format = 7,
}
