namespace KpGrpc.InferenceServer.Import;

/// <summary>How a history file is written.</summary>
internal enum HistoryFormat
{
    /// <summary>Told from the file's name and first lines.</summary>
    Auto,

    /// <summary>CSV with a header: <c>learner_id,work_id[,kind][,time][,rating]</c>; <c>user_id</c>, <c>item_id</c>, <c>timestamp</c> are taken too.</summary>
    Csv,

    /// <summary>One JSON object a line with the same names.</summary>
    JsonLines,

    /// <summary>RecBole atomic file: tab-separated, header <c>user_id:token item_id:token timestamp:float</c>.</summary>
    RecBole,

    /// <summary><c>user item</c>, one interaction a line, in time order within a user.</summary>
    Pairs,

    /// <summary><c>user item item …</c>, one user a line, oldest item first.</summary>
    Sequences,
}
