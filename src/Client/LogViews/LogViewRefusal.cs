namespace KpGrpc.Client.LogViews;

/// <summary>Why a view does not believe a checkpoint.</summary>
public enum LogViewRefusal
{
    /// <summary>The bytes are not a checkpoint.</summary>
    Malformed = 1,

    /// <summary>Another log's, or not signed as the policy asks: by the log's key and enough witnesses.</summary>
    NotTrusted = 2,

    /// <summary>The ledger has no tree of a size that its log signed before: it was rolled back or cut short.</summary>
    RolledBack = 3,

    /// <summary>Two different trees of the same size, both signed by the log.</summary>
    SplitView = 4,

    /// <summary>The proof does not show the smaller tree to be a prefix of the greater one.</summary>
    NotConsistent = 5,
}
