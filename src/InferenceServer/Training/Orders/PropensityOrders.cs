using System.Globalization;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Serving;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Orders for models of churn or conversion: the server's own events, or a table with a label column.</summary>
/// <param name="kind">Which of the two.</param>
/// <param name="log">The server's events.</param>
/// <param name="folders">Where versions go.</param>
/// <param name="time">Clock of reports and cards.</param>
internal sealed class PropensityOrders(RiskKind kind, EventLog log, ModelFolders folders, TimeProvider time) : IModelTrainer
{
    private const string Label = "label";
    private const string Group = "group";
    private const string Positive = "positive";
    private const string Horizon = "horizon-days";
    private const string Lookback = "lookback-days";
    private const double DaysDefault = 30;
    private const double DaysMax = 3_650;

    /// <inheritdoc />
    public string Model => kind.ToString().ToLowerInvariant();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Options { get; } = new Dictionary<string, string>
    {
        [Label] = "String",
        [Group] = "String",
        [Positive] = "String",
        [Horizon] = "Double",
        [Lookback] = "Double",
    };

    /// <inheritdoc />
    public ModelFolder Train(TrainingOrder order, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var plan = BoosterPlan.Default(order.Options.ContainsKey(Group), (int)(order.Seed % int.MaxValue), threads: 0);
        var started = time.GetTimestamp();
        void Report(TrainingStage stage, long step, long of) =>
            progress.Report(new TrainingProgress { Stage = stage, Step = step, StepsMax = of, Elapsed = time.GetElapsedTime(started) });
        Report(TrainingStage.Preparing, 0, 0);
        var model = order.Dataset is null
            ? PropensityTrainer.TrainOnEvents(
                EventHistories.Of(log.Read(EventLog.Start).Select(entry => entry.Event)), kind, Days(order, Horizon), Days(order, Lookback), plan,
                (done, of) => Report(TrainingStage.Training, done, of), cancellationToken).Model
            : OnTable(order, plan, (done, of) => Report(TrainingStage.Training, done, of), cancellationToken);
        var folder = PropensityPublishing.Publish(folders.Root, order.Model, order.Version, kind, order.DatasetName, model, time.GetUtcNow());
        Report(TrainingStage.Published, 0, 0);
        return folder;
    }

    private static PropensityModel OnTable(TrainingOrder order, BoosterPlan plan, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var label = order.Options.GetValueOrDefault(Label) ?? throw new OrderException(OrderFault.Malformed, $"options[{Label}]", "must name the column to predict");
        var roles = new ColumnRoles(label, order.Options.GetValueOrDefault(Positive), [], order.Options.GetValueOrDefault(Group), [], ColumnRoles.LeakBoundDefault);

        // Blocks by contract of the trainer: it has a thread of its own.
        var table = TableReader.ReadAsync(order.Dataset!, roles.TextColumns(), new ImportReport(order.Dataset!), cancellationToken).GetAwaiter().GetResult();
        return PropensityTrainer.Train(LabelledTable.Of(table, roles), plan, progress, cancellationToken).Model;
    }

    private static TimeSpan Days(TrainingOrder order, string name)
    {
        if (!order.Options.TryGetValue(name, out var text))
        {
            return TimeSpan.FromDays(DaysDefault);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= DaysMax
            ? TimeSpan.FromDays(days)
            : throw new OrderException(OrderFault.Malformed, $"options[{name}]", $"must be a number above 0 and at most {DaysMax}");
    }
}
