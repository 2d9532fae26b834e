using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>What the tagger's verbs share: libtorch is loaded before, and what went wrong is one line.</summary>
internal static class TaggerFaults
{
    /// <summary>Runs a verb.</summary>
    /// <param name="console">Gets the line.</param>
    /// <param name="device">Which device is wanted: auto, cpu or cuda.</param>
    /// <param name="verb">The verb.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IAnsiConsole console, string device, Action<TorchRuntime> verb)
    {
        try
        {
            verb(new TorchRuntime(Options.Create(new TorchOptions { Device = device }), NullLogger<TorchRuntime>.Instance));
            return 0;
        }
        catch (Exception failure) when (failure is ImportException or TrainingException or SafetensorsException or ModelFaultException or TorchUnavailableException or IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return 1;
        }
        catch (OperationCanceledException)
        {
            console.MarkupLine("[yellow]Stopped; the same command goes on from the last epoch.[/]");
            return 1;
        }
    }
}
