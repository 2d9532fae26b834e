using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Serving;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using KpGrpc.InferenceServer.Models.Propensity.Validation;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Measures models of churn and conversion on a table that they did not see, with the label column of their training.</summary>
internal sealed class PropensityEvaluator : IModelEvaluator
{
    /// <inheritdoc />
    public string Kind => PropensityLoader.KindName;

    /// <inheritdoc />
    public EvaluationFigures Evaluate(ModelFolder folder, EvaluationOrder order, CancellationToken cancellationToken)
    {
        var model = PropensityFile.Read(folder.Path);
        var plan = model.Card.Plan ?? throw new TrainingException("the version was trained on events: its honest figure is that of left-out learners in its card");
        var path = order.Dataset ?? throw new OrderException(OrderFault.Malformed, "dataset", "must name a table with the columns and the label of the training");
        var roles = new ColumnRoles(model.Card.Task, model.Card.Positive, [], plan.GroupColumn, [], ColumnRoles.LeakBoundDefault);

        // Blocks by contract of the evaluator: it has a thread of its own.
        HashSet<string> texts = [.. roles.TextColumns(), .. plan.TextInputs()];
        var table = TableReader.ReadAsync(path, texts, new ImportReport(path), cancellationToken).GetAwaiter().GetResult();
        var labels = LabelColumn.Read(table.Get(model.Card.Task, "label"), model.Card.Positive);
        var probabilities = model.Probabilities(plan.Transform(table), cancellationToken);
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => labels[row] is not null)];
        var result = new PropensityResult("", [.. rows.Select(row => probabilities[row])], [.. rows.Select(row => labels[row]!.Value)], [], null);
        return new EvaluationFigures(
            new Dictionary<string, CardMetric>
            {
                ["auc"] = new(result.Auc, rows.Length),
                ["ece"] = new(result.Reliability.ExpectedError, rows.Length),
                ["log_loss"] = new(result.LogLoss, rows.Length),
                ["brier"] = new(result.Brier, rows.Length),
            },
            new Dictionary<string, IReadOnlyDictionary<string, CardMetric>>(),
            "",
            new Dictionary<string, CardMetric>());
    }
}
