using KpGrpc.InferenceServer.Commands.Training;
using KpGrpc.InferenceServer.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>What the tagger's verbs share: libtorch is loaded first, and what goes wrong is one line.</summary>
internal static class TaggerFaults
{
    /// <summary>Runs a verb.</summary>
    /// <param name="console">Gets the line.</param>
    /// <param name="device">Which device is wanted: auto, cpu or cuda.</param>
    /// <param name="work">The verb.</param>
    /// <param name="whenStopped">What to say when it was stopped.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IAnsiConsole console, string device, Action<TorchRuntime> work, string whenStopped = "Stopped.") => TrainingFaults.Guard(
        console,
        () => work(new TorchRuntime(Options.Create(new TorchOptions { Device = device }), NullLogger<TorchRuntime>.Instance)),
        whenStopped);
}
