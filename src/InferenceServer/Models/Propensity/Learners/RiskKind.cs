namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>What is predicted of a learner.</summary>
internal enum RiskKind
{
    /// <summary>No act of the learner within the horizon.</summary>
    Churn,

    /// <summary>A purchase within the horizon.</summary>
    Conversion,
}
