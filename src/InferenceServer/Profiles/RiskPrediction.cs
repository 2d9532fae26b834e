namespace KpGrpc.InferenceServer.Profiles;

/// <summary>A predicted probability.</summary>
/// <param name="Probability">Calibrated, 0 to 1.</param>
/// <param name="Horizon">Span of time after the prediction that it speaks of.</param>
/// <param name="Reasons">By falling absolute contribution, up to <see cref="ReasonsMax"/>.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelVersion">Its version.</param>
internal sealed record RiskPrediction(double Probability, TimeSpan Horizon, IReadOnlyList<RiskReason> Reasons, string Model, string ModelVersion)
{
    /// <summary>Reasons that the contract has room for.</summary>
    public const int ReasonsMax = 10;
}

/// <summary>A feature that drove a prediction.</summary>
/// <param name="Feature">Its name, such as <c>days_since_last_act</c>.</param>
/// <param name="Value">Its value; NaN where the learner has none.</param>
/// <param name="Contribution">What it added to the log-odds; positive raises the probability.</param>
internal sealed record RiskReason(string Feature, double Value, double Contribution);
