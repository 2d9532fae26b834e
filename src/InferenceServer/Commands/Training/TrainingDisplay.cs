using System.Globalization;
using KpGrpc.InferenceServer.Training;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary>Shows a training: a bar on a terminal, one line an epoch anywhere else.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private readonly IAnsiConsole console;
    private readonly ProgressTask? bar;
    private double? loss;

    private TrainingDisplay(IAnsiConsole console, ProgressTask? bar)
    {
        this.console = console;
        this.bar = bar;
    }

    /// <summary>Runs a training with a display.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="name">What is trained.</param>
    /// <param name="train">The training; reports to what it is given.</param>
    public static T Run<T>(IAnsiConsole console, string name, Func<IProgress<TrainingProgress>, T> train)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            return train(new TrainingDisplay(console, bar: null));
        }

        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => train(new TrainingDisplay(console, context.AddTask(Markup.Escape(name)))));
    }

    /// <inheritdoc />
    public void Report(TrainingProgress value)
    {
        loss = value.Loss ?? loss;
        if (bar is not null)
        {
            if (value.StepsMax > 0)
            {
                bar.MaxValue = value.StepsMax;
                bar.Value = value.Step;
            }

            bar.Description = Markup.Escape(Describe(value));
        }
        else if (value.Stage is TrainingStage.Preparing or TrainingStage.Checkpointed or TrainingStage.Published)
        {
            console.WriteLine(Describe(value));
        }
    }

    private string Describe(TrainingProgress value)
    {
        var words = new List<string> { value.Epoch > 0 ? Text($"epoch {value.Epoch}/{value.EpochsMax}") : Text($"{value.Stage}") };
        if (loss is { } mean && value.Epoch > 0)
        {
            words.Add(Text($"loss {mean:F4}"));
        }

        words.AddRange(value.Metrics.Select(metric => Text($"{metric.Key} {metric.Value:F4}")));
        if (value.SamplesPerSecond is { } pace)
        {
            words.Add(Text($"{pace:N0}/s"));
        }

        if (value.Elapsed > TimeSpan.Zero)
        {
            words.Add(Text($"{value.Elapsed.TotalSeconds:N0} s"));
        }

        return string.Join(", ", words.Append(value.Message).Where(word => word.Length > 0));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
