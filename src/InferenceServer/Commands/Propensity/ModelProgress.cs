using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>A progress bar over the models that a verb grows.</summary>
internal static class ModelProgress
{
    /// <summary>Runs work that tells how many models of how many are grown.</summary>
    public static T Run<T>(IAnsiConsole console, string title, Func<Action<int, int>, T> work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            var bar = context.AddTask(title, maxValue: 1);
            return work((done, total) => bar.Value = (double)done / total);
        });
}
