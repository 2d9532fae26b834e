using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity;

/// <summary>A trained model of churn, conversion or any other yes or no. Immutable and thread-safe; needs no library.</summary>
internal sealed class PropensityModel
{
    private const int ChunkRows = 4096;

    private readonly BoostedTrees trees;
    private readonly double baseLogOdds;

    /// <summary>Makes a model of its parts.</summary>
    /// <exception cref="InvalidDataException">The trees are for another number of features.</exception>
    public PropensityModel(PropensityCard card, BoostedTrees trees)
    {
        Card = card;
        this.trees = trees.Width == card.Features.Count ? trees : throw new InvalidDataException("the trees do not fit the features");
        baseLogOdds = card.Calibration.LogOdds(trees.Base);
    }

    /// <summary>Everything but the trees.</summary>
    public PropensityCard Card { get; }

    /// <summary>The trees.</summary>
    public BoostedTrees Trees => trees;

    /// <summary>The calibrated probability of a row, 0 to 1.</summary>
    /// <param name="features">In the order of <see cref="PropensityCard.Features"/>.</param>
    public double Probability(ReadOnlySpan<float> features) => Logistic.Of(Card.Calibration.LogOdds(trees.Score(Checked(features))));

    /// <summary>Predicts a row, with reasons.</summary>
    /// <param name="features">In the order of <see cref="PropensityCard.Features"/>; NaN = missing.</param>
    /// <param name="reasonsMax">Most reasons; features that did not contribute are none.</param>
    public Prediction Predict(ReadOnlySpan<float> features, int reasonsMax)
    {
        var raw = trees.Score(Checked(features));
        var calibrated = Card.Calibration.LogOdds(raw);
        var contributions = new double[features.Length];
        trees.Contribute(features, contributions);

        // The calibration bends all contributions alike, so that they add up to the calibrated log-odds.
        var scale = Math.Abs(raw - trees.Base) > 1e-9 ? (calibrated - baseLogOdds) / (raw - trees.Base) : 1;
        var values = features.ToArray();
        var reasons = Enumerable.Range(0, contributions.Length).Where(at => contributions[at] != 0)
            .OrderByDescending(at => Math.Abs(contributions[at])).ThenBy(at => at).Take(reasonsMax)
            .Select(at => new PredictionReason(Card.Features[at], values[at], contributions[at] * scale));
        return new Prediction(Logistic.Of(calibrated), [.. reasons]);
    }

    /// <summary>The calibrated probabilities of all rows, on as many threads as there are cores.</summary>
    public double[] Probabilities(FeatureMatrix features, CancellationToken cancellationToken)
    {
        var scores = new double[features.Rows];
        Parallel.For(
            0,
            (features.Rows + ChunkRows - 1) / ChunkRows,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            chunk =>
            {
                var from = chunk * ChunkRows;
                var part = scores.AsSpan(from, Math.Min(ChunkRows, features.Rows - from));
                trees.Score(features.Block(from, part.Length), part);
                foreach (ref var score in part)
                {
                    score = Logistic.Of(Card.Calibration.LogOdds(score));
                }
            });
        return scores;
    }

    private ReadOnlySpan<float> Checked(ReadOnlySpan<float> features) => features.Length == trees.Width
        ? features
        : throw new ArgumentException($"a row has {features.Length} features, the model {trees.Width}", nameof(features));
}
