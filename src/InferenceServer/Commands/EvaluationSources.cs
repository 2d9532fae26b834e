using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>The data sets that a verb works on: the one that was named, or the two whose figures are published.</summary>
internal static class EvaluationSources
{
    /// <summary>Finds them.</summary>
    /// <param name="data">File with one data set; null = ml-1m and mooccube in the data folder.</param>
    /// <param name="format">How the file is written.</param>
    /// <param name="name">Its name in the results; null = the file's.</param>
    /// <exception cref="ImportException">There is no data folder.</exception>
    public static List<EvaluationSource> Find(FileInfo? data, HistoryFormat format, string? name)
    {
        if (data is not null)
        {
            return [new EvaluationSource(name ?? Path.GetFileNameWithoutExtension(data.Name), data.FullName, format)];
        }

        var folder = DataFolder.Find() ?? throw new ImportException(
            $"There is no data ({DataFolder.Searched()}): set KP_DATA_DIR to the folder that holds ml-1m/ and mooccube/, or name a file with --data.");
        return
        [
            new EvaluationSource("ml-1m", Path.Combine(folder, "ml-1m", "ml-1m.txt"), HistoryFormat.Pairs),
            new EvaluationSource("mooccube", Path.Combine(folder, "mooccube", "sequences_dedup.txt"), HistoryFormat.Sequences),
        ];
    }

    /// <summary>Reads one, and prints what could not be read.</summary>
    /// <exception cref="ImportException">The file cannot be read or holds nothing.</exception>
    public static InteractionSet Read(IAnsiConsole console, EvaluationSource source)
    {
        var report = new ImportReport(source.Path);
        var set = InteractionSet.Of(source.Name, HistoryReader.Read(source.Path, source.Format, EventKind.View, report));
        console.Faults(report);
        return set.Interactions > 0 ? set : throw new ImportException($"{source.Path} holds no interaction.");
    }
}
