using System.Text.Json;

namespace KpGrpc.Demo.Data;

/// <summary>The files that the InferenceServer's <c>import</c> verb reads.</summary>
/// <param name="Catalogue">JSON Lines, one <see cref="CatalogueWork"/> a line.</param>
/// <param name="History">Lines <c>learner work work …</c>, oldest work first; the importer gives them rising times.</param>
internal sealed record ImportFiles(string Catalogue, string History)
{
    /// <summary>Writes both files, replacing older ones.</summary>
    /// <param name="data">What to write.</param>
    /// <param name="folder">Where; made when absent.</param>
    /// <param name="cancellationToken">Ends the writing; the files are then incomplete.</param>
    public static async Task<ImportFiles> WriteAsync(DemoData data, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new ImportFiles(Path.Combine(folder, "catalogue.jsonl"), Path.Combine(folder, "history.txt"));
        await File.WriteAllLinesAsync(
            files.Catalogue, data.Works.Select(work => JsonSerializer.Serialize(work, DataJson.Lines.CatalogueWork)), cancellationToken);
        await File.WriteAllLinesAsync(
            files.History, data.Histories.Select(history => $"{history.LearnerId} {string.Join(' ', history.WorkIds)}"), cancellationToken);
        return files;
    }
}
