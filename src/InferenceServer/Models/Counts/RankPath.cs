namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>Which rule put a work into a result.</summary>
internal enum RankPath
{
    /// <summary>The work followed works of the learner's history in other histories.</summary>
    Counts = 1,

    /// <summary>Nothing ties the work to the history: it is there because many chose it.</summary>
    Popular = 2,
}
