using System.Globalization;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;

namespace KpGrpc.InferenceServer.Models.Sequence.Orders;

/// <summary>The options of an order by name, as texts, and the trainer's settings from them.</summary>
internal static class SequenceOrderOptions
{
    private static readonly Dictionary<string, (string Meaning, Action<SequenceTrainerOptions, string> Set)> All = new(StringComparer.Ordinal)
    {
        ["width"] = ("width of the embeddings", (options, text) => options.Width = Whole(text)),
        ["inner_width"] = ("width of the inner layers", (options, text) => options.InnerWidth = Whole(text)),
        ["blocks"] = ("transformer blocks", (options, text) => options.Blocks = Whole(text)),
        ["heads"] = ("attention heads", (options, text) => options.Heads = Whole(text)),
        ["length"] = ("newest works of a history that are read", (options, text) => options.LengthMax = Whole(text)),
        ["places_per_step"] = ("transitions a step learns from; 0 = by the size of the data", (options, text) => options.PlacesPerStep = Whole(text)),
        ["sampled_works"] = ("works that stand for the catalogue in a step's loss; 0 = all", (options, text) => options.SampledWorks = Whole(text)),
        ["patience"] = ("validations without a new best after which it ends; 0 = never early", (options, text) => options.Patience = Whole(text)),
        ["learning_rate"] = ("highest learning rate", (options, text) => options.LearningRate = Number(text)),
        ["dropout"] = ("probability of dropout", (options, text) => options.Dropout = Number(text)),
    };

    /// <summary>Names and what they mean.</summary>
    public static IReadOnlyDictionary<string, string> Meanings { get; } = All.ToDictionary(option => option.Key, option => option.Value.Meaning);

    /// <summary>The settings that an order asks for.</summary>
    /// <exception cref="TrainingException">An option has no such value.</exception>
    public static SequenceTrainerOptions Of(TrainingOrder order)
    {
        var settings = new SequenceTrainerOptions { Seed = order.Seed };
        if (order.EpochsMax > 0)
        {
            settings.EpochsMax = order.EpochsMax;
        }

        foreach (var (name, text) in order.Options)
        {
            try
            {
                All[name].Set(settings, text);
            }
            catch (Exception failure) when (failure is FormatException or OverflowException)
            {
                throw new TrainingException($"options[{name}] must be a number, not '{text}'", failure);
            }
        }

        return settings;
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
