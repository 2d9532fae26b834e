using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KpGrpc.Demo.Data;

/// <summary>The sample that comes with the demo: a catalogue written for it, and simulated learners.</summary>
internal static class SampleData
{
    /// <summary>Reads the catalogue and simulates the learners.</summary>
    /// <param name="folder">Folder with <c>works.jsonl</c> and <c>producers.jsonl</c>.</param>
    /// <exception cref="DemoException">A file is missing or malformed.</exception>
    public static DemoData Read(string folder)
    {
        var works = Lines(Path.Combine(folder, "works.jsonl"), DataJson.Lines.CatalogueWork);
        var producers = Lines(Path.Combine(folder, "producers.jsonl"), DataJson.Lines.Producer);
        var options = new SimulationOptions();
        return new DemoData(
            "the sample catalogue that comes with KpGrpc, and simulated learners",
            [
                $"The {options.Learners} learners are simulated with the fixed seed {options.Seed}: they follow series, keep to a few fields, prefer popular works, and sometimes stray.",
                "For a demo on real courses and enrolments set KP_DATA_DIR to a folder that holds mooccubex/ and udemy/.",
            ],
            works,
            producers,
            new SimulatedLearners(options).Simulate(works));
    }

    private static List<T> Lines<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            var lines = File.ReadLines(path).Where(line => line.Length > 0)
                .Select((line, index) => JsonSerializer.Deserialize(line, type) ?? throw new JsonException($"line {index + 1} is null"))
                .ToList();
            return lines.Count > 0 ? lines : throw new DemoException($"{path} is empty");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DemoException($"{path} cannot be used: {failure.Message}", failure);
        }
    }
}
