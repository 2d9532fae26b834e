namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>What usage adds up by.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="WorkId">The work.</param>
internal readonly record struct UsageKey(LearnerKey Learner, string WorkId) : IComparable<UsageKey>
{
    /// <summary>Orders by learner, then work.</summary>
    public int CompareTo(UsageKey other)
    {
        var byLearner = Learner.CompareTo(other.Learner);
        return byLearner != 0 ? byLearner : string.CompareOrdinal(WorkId, other.WorkId);
    }
}
