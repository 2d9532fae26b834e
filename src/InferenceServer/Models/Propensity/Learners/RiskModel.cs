using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Profiles;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>A model of the server's own events, ready to predict a learner. Immutable and thread-safe.</summary>
internal sealed class RiskModel
{
    private readonly PropensityModel model;
    private readonly string name;
    private readonly string version;
    private readonly TimeSpan horizon;

    /// <summary>Takes a model that was trained on <see cref="LearnerFeatures"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name, for those who ask.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="ImportException">It was trained on something else.</exception>
    public RiskModel(PropensityModel model, string name, string version)
    {
        if (!model.Card.Features.SequenceEqual(LearnerFeatures.Names) || model.Card.Horizon is null)
        {
            throw new ImportException($"The model '{model.Card.Task}' was not trained on this release's learner features; train it again with 'train propensity --events'.");
        }

        (this.model, this.name, this.version, horizon) = (model, name, version, model.Card.Horizon.Value);
    }

    /// <summary>Predicts what happens within the horizon after <paramref name="at"/>.</summary>
    /// <param name="history">The learner's history.</param>
    /// <param name="at">Now, in Unix milliseconds; later events are left out.</param>
    public RiskPrediction Predict(LearnerHistory history, long at)
    {
        var prediction = model.Predict(LearnerFeatures.Of([.. history.Entries.Where(entry => entry.UnixMilliseconds < at)], at), RiskPrediction.ReasonsMax);
        return new RiskPrediction(
            prediction.Probability, horizon, [.. prediction.Reasons.Select(reason => new RiskReason(reason.Feature, reason.Value, reason.Contribution))], name, version);
    }
}
