namespace KpGrpc.InferenceServer.Models.Propensity;

/// <summary>What a model says of one row.</summary>
/// <param name="Probability">Calibrated, 0 to 1.</param>
/// <param name="Reasons">Features by falling absolute contribution.</param>
internal sealed record Prediction(double Probability, IReadOnlyList<PredictionReason> Reasons);

/// <summary>A feature that drove a prediction.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Value">Its value in the row; NaN = missing.</param>
/// <param name="Contribution">What it added to the calibrated log-odds, counted from the mean row; positive raises the probability.</param>
internal sealed record PredictionReason(string Feature, double Value, double Contribution);
