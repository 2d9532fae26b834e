using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Predicts learners by the models that are loaded at the moment. Thread-safe.</summary>
internal interface IRiskModels
{
    /// <summary>Probability that the learner leaves; null where no model is loaded.</summary>
    /// <param name="learnerId">The learner: one learner stays with one version.</param>
    /// <param name="history">Not empty.</param>
    /// <param name="at">Now, in Unix milliseconds.</param>
    RiskPrediction? Churn(string learnerId, LearnerHistory history, long at);

    /// <summary>Probability that the learner pays; null where no model is loaded.</summary>
    /// <param name="learnerId">The learner: one learner stays with one version.</param>
    /// <param name="history">Not empty.</param>
    /// <param name="at">Now, in Unix milliseconds.</param>
    RiskPrediction? Conversion(string learnerId, LearnerHistory history, long at);
}
