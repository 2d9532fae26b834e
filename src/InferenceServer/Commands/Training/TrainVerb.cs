using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Propensity;
using KpGrpc.InferenceServer.Commands.Tagging;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary><c>train</c>: one subcommand a model, each in a class of its own beside this one.</summary>
internal static class TrainVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time) =>
        new("train", "Trains a model from data and publishes it as a version in a folder.")
        {
            TrainRecommender.Create(console, time),
            TrainTaggerVerb.Create(console, time),
            TrainPropensityVerb.Create(console, time),
        };
}
