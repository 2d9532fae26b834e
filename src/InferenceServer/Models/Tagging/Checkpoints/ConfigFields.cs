using System.Text.Json;
using System.Text.Json.Nodes;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>Typed fields of a JSON configuration, with messages that name the field.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="root">Its object.</param>
internal sealed class ConfigFields(string path, JsonObject root)
{
    /// <summary>A whole number from 1.</summary>
    /// <param name="name">The field.</param>
    /// <param name="absent">Its value where the file has none; null: it must be there.</param>
    /// <param name="max">Largest value taken.</param>
    public int Size(string name, int? absent, int max) => root[name] switch
    {
        null when absent is { } value => value,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var size) && size >= 1 && size <= max => size,
        _ => throw new ImportException($"{path}: {name} must be a whole number from 1 to {max}."),
    };

    /// <summary>A number from 0 to 1.</summary>
    public double Number(string name, double absent) => root[name] switch
    {
        null => absent,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is >= 0 and <= 1 => value.GetValue<double>(),
        _ => throw new ImportException($"{path}: {name} must be a number from 0 to 1."),
    };

    /// <summary>A text.</summary>
    public string Text(string name, string absent) => root[name] switch
    {
        null => absent,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new ImportException($"{path}: {name} must be a text."),
    };

    /// <summary>Refuses every value but one.</summary>
    public void Demand(string name, string absent, string wanted)
    {
        if (Text(name, absent) is var found && found != wanted)
        {
            throw new ImportException($"{path}: {name} is '{found}', and only {wanted} is supported.");
        }
    }
}
