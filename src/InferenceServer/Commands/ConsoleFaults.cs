using KpGrpc.InferenceServer.Import;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>Prints what could not be read.</summary>
internal static class ConsoleFaults
{
    /// <summary>Prints the faults of a report, and how many more there are.</summary>
    public static void Faults(this IAnsiConsole console, ImportReport report)
    {
        foreach (var fault in report.Listed)
        {
            console.MarkupLineInterpolated($"[yellow]{fault}[/]");
        }

        if (report.Malformed > report.Listed.Count)
        {
            console.MarkupLineInterpolated($"[yellow]… and {report.Malformed - report.Listed.Count} more malformed rows[/]");
        }
    }
}
