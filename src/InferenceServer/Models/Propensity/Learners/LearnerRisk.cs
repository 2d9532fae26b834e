using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Profiles;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>Predicts learners by a model of the server's own events.</summary>
internal static class LearnerRisk
{
    /// <summary>Whether a model was trained on the features that this release computes of a learner.</summary>
    public static bool IsFor(PropensityModel model) => model.Card.Horizon is not null && model.Card.Features.SequenceEqual(LearnerFeatures.Names);

    /// <summary>Predicts what happens within the model's horizon after a moment.</summary>
    /// <param name="model">One that <see cref="IsFor"/> finds fit.</param>
    /// <param name="name">The model's name, for those who ask.</param>
    /// <param name="version">Its version.</param>
    /// <param name="history">The learner's history.</param>
    /// <param name="at">The moment, in Unix milliseconds; later events are left out.</param>
    public static RiskPrediction Predict(PropensityModel model, string name, string version, LearnerHistory history, long at)
    {
        var features = LearnerFeatures.Of([.. history.Entries.Where(entry => entry.UnixMilliseconds < at)], at);
        var prediction = model.Predict(features, RiskPrediction.ReasonsMax);
        return new RiskPrediction(
            prediction.Probability, model.Card.Horizon!.Value, [.. prediction.Reasons.Select(reason => new RiskReason(reason.Feature, reason.Value, reason.Contribution))], name, version);
    }
}
