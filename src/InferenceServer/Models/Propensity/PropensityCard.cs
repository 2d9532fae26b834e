using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Features;

namespace KpGrpc.InferenceServer.Models.Propensity;

/// <summary>Everything of a model but its trees; the first part of its file.</summary>
internal sealed record PropensityCard
{
    /// <summary>What is predicted: <c>churn</c>, <c>conversion</c>, or the label column.</summary>
    public required string Task { get; init; }

    /// <summary>The label's value that means positive, where it holds other words than the usual ones; null otherwise.</summary>
    public string? Positive { get; init; }

    /// <summary>Span of time that the prediction speaks of; null where the data does not say.</summary>
    public TimeSpan? Horizon { get; init; }

    /// <summary>Names of the features in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How a table becomes those features; null for a model of the server's own events.</summary>
    public FeaturePlan? Plan { get; init; }

    /// <summary>From the trees' log-odds to the probability.</summary>
    public required ICalibration Calibration { get; init; }

    /// <summary>How the trees were grown.</summary>
    public required BoosterSettings Settings { get; init; }

    /// <summary>Seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows of the training data, and how many were positive.</summary>
    public required int Rows { get; init; }

    /// <summary>Positive rows among them.</summary>
    public required int Positives { get; init; }

    /// <summary>AUC on rows that the predicting trees did not see; these rows chose the settings.</summary>
    public required double Auc { get; init; }
}
