using System.Globalization;
using KpGrpc.InferenceServer.Training;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>Shows how far a training is: a bar where a person looks, else a line every ten seconds and for each validation.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="bar">The bar, or null where nobody looks.</param>
/// <param name="time">The clock.</param>
internal sealed class TaggerProgress(IAnsiConsole console, ProgressTask? bar, TimeProvider time) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    private long shown;

    /// <inheritdoc />
    public void Report(TrainingProgress value)
    {
        var line = Line(value);
        if (bar is not null && value.StepsMax > 0)
        {
            bar.Description = Markup.Escape(line);
            bar.MaxValue = value.StepsMax;
            bar.Value = value.Step;
        }

        var isDue = bar is null && (shown == 0 || time.GetElapsedTime(shown) >= LineEvery);
        if (value.Stage == TrainingStage.Validating || isDue)
        {
            shown = time.GetTimestamp();
            console.WriteLine(line);
        }
    }

    private static string Line(TrainingProgress value) => value.Stage == TrainingStage.Validating
        ? string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}/{value.EpochsMax}: {string.Join(", ", value.Metrics.Select(metric => $"{metric.Key} {metric.Value.ToString("F4", CultureInfo.InvariantCulture)}"))}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Message} epoch {value.Epoch}/{value.EpochsMax} step {value.Step}/{value.StepsMax} loss {value.Loss:F4} rate {value.LearningRate:G3} {value.SamplesPerSecond:F0} texts/s {value.Remaining:hh\\:mm\\:ss} left");
}
