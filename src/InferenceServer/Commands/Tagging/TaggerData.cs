using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>Reads the data of the tagger's verbs and prints what could not be read.</summary>
internal static class TaggerData
{
    /// <summary>Name of CLUENER2020 in results and versions.</summary>
    public const string CluenerName = "cluener";

    /// <summary>Path of a file of CLUENER2020.</summary>
    /// <exception cref="ImportException">There is no data folder.</exception>
    public static string Cluener(string file) => DataFolder.Find() is { } folder
        ? Path.Combine(folder, CluenerName, file)
        : throw new ImportException($"There is no data ({DataFolder.Searched()}): set KP_DATA_DIR to the folder that holds cluener/, or name a file with --data.");

    /// <summary>Tagged texts of a file.</summary>
    /// <exception cref="ImportException">It holds none.</exception>
    public static List<TaggedText> Tagged(IAnsiConsole console, string path, TaggedFormat format)
    {
        var report = new ImportReport(path);
        var texts = TaggedTextReader.Read(path, format, report);
        console.Faults(report);
        return texts;
    }

    /// <summary>Plain texts of files.</summary>
    public static List<string> Plain(IAnsiConsole console, IEnumerable<string> paths)
    {
        var texts = new List<string>();
        foreach (var path in paths)
        {
            var report = new ImportReport(path);
            texts.AddRange(PlainTextReader.Read(path, report));
            console.Faults(report);
        }

        return texts;
    }
}
