using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary>Runs the work of a verb and turns what it foresees into one red line and an exit code.</summary>
internal static class TrainingFaults
{
    private const int Failed = 1;
    private const int Interrupted = 130; // as a shell tells a command that Ctrl-C ended

    /// <summary>Runs the work.</summary>
    /// <param name="console">Where the line goes.</param>
    /// <param name="work">The work.</param>
    /// <param name="whenStopped">What to say when it was stopped.</param>
    /// <returns>The exit code.</returns>
    public static int Guard(IAnsiConsole console, Action work, string whenStopped)
    {
        try
        {
            work();
            return 0;
        }
        catch (OperationCanceledException)
        {
            console.MarkupLineInterpolated($"[yellow]{whenStopped}[/]");
            return Interrupted;
        }
        catch (Exception failure) when (failure is ImportException or TrainingException or SequenceModelException or SafetensorsException
            or ModelFaultException or TorchUnavailableException or IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return Failed;
        }
    }
}
