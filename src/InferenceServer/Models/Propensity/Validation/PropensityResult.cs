namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>What predictions for rows that the models did not see are worth.</summary>
internal sealed class PropensityResult
{
    /// <summary>Protocol that leaves out rows, stratified by label.</summary>
    public const string ByRow = "left-out rows";

    /// <summary>Protocol that leaves out whole groups.</summary>
    public const string ByGroup = "left-out groups";

    /// <summary>Measures predictions.</summary>
    /// <param name="protocol">How the rows were left out.</param>
    /// <param name="probabilities">Calibrated predictions.</param>
    /// <param name="labels">The truth.</param>
    /// <param name="folds">Fold of each row; empty where there are none.</param>
    /// <param name="floor">Predictions of the logistic regression on totals; null where there are none.</param>
    public PropensityResult(string protocol, double[] probabilities, bool[] labels, int[] folds, double[]? floor)
    {
        Protocol = protocol;
        Auc = AucOf(probabilities, labels);
        FloorAuc = floor is null ? null : AucOf(floor, labels);
        LogLoss = BinaryMetrics.LogLoss(probabilities, labels);
        Brier = BinaryMetrics.Brier(probabilities, labels);
        Reliability = ReliabilityTable.Of(probabilities, labels);
        FoldAucs = [.. Enumerable.Range(0, folds.DefaultIfEmpty(-1).Max() + 1).Select(fold => Folds.Rows(folds, fold, inside: true))
            .Select(rows => AucOf([.. rows.Select(row => probabilities[row])], [.. rows.Select(row => labels[row])]))];
    }

    /// <summary>How the rows were left out.</summary>
    public string Protocol { get; }

    /// <summary>AUC over all rows at once.</summary>
    public double Auc { get; }

    /// <summary>AUC within each fold.</summary>
    public IReadOnlyList<double> FoldAucs { get; }

    /// <summary>AUC of the floor by the same folds.</summary>
    public double? FloorAuc { get; }

    /// <summary>Mean log loss in nats.</summary>
    public double LogLoss { get; }

    /// <summary>Brier score.</summary>
    public double Brier { get; }

    /// <summary>Predicted against observed.</summary>
    public ReliabilityTable Reliability { get; }

    private static double AucOf(double[] values, bool[] labels) => BinaryMetrics.Auc([.. values.Select(value => (float)value)], labels);
}
