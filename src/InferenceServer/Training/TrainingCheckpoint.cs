using System.Text.Json;
using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Torch.Safetensors;
using TorchSharp;

namespace KpGrpc.InferenceServer.Training;

/// <summary>
/// A training at the end of an epoch as one safetensors file: weights, moments and averages as tensors, the rest as JSON in
/// the file's metadata. One file, so that its replacement is atomic. A training that is resumed from it ends with the same
/// weights as one that was never interrupted (on the CPU, with the same thread count).
/// </summary>
internal static partial class TrainingCheckpoint
{
    private const string StateName = "state";

    /// <summary>Replaces the checkpoint.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="state">What is known beside the tensors.</param>
    /// <param name="network">Its parameters and buffers are kept under their own names.</param>
    /// <param name="optimizer">Its moments.</param>
    /// <param name="average">Its averages, or null.</param>
    public static void Save(string path, CheckpointState state, torch.nn.Module network, AdamW optimizer, WeightAverage? average = null)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        optimizer.Save(tensors);
        average?.Save(tensors);
        SafetensorsWriter.WriteFile(
            path, tensors, new Dictionary<string, string> { [StateName] = JsonSerializer.Serialize(state, CheckpointJson.Default.CheckpointState) });
    }

    /// <summary>Goes on from the checkpoint where there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">What is trained now.</param>
    /// <param name="network">Gets the weights.</param>
    /// <param name="optimizer">Gets the moments.</param>
    /// <param name="average">Gets the averages, or null.</param>
    /// <returns>The state, or null where there is no file.</returns>
    /// <exception cref="TrainingException">The checkpoint belongs to another recipe.</exception>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    public static CheckpointState? Load(string path, string recipe, torch.nn.Module network, AdamW optimizer, WeightAverage? average = null)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        using var reader = new SafetensorsReader(path);
        var state = StateOf(path, reader);
        if (state.Recipe != recipe)
        {
            throw new TrainingException(
                $"{path} is the checkpoint of another training ({state.Recipe}), this one is {recipe}. Give the same options, another folder, or start anew with --no-resume.");
        }

        foreach (var (name, tensor) in network.state_dict())
        {
            reader.ReadInto(name, tensor);
        }

        optimizer.Load(reader.ReadInto, state.Step);
        average?.Load(reader.ReadInto);
        return state;
    }

    private static CheckpointState StateOf(string path, SafetensorsReader reader)
    {
        try
        {
            return reader.Metadata.TryGetValue(StateName, out var json) && JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointState) is { } state
                ? state
                : throw new SafetensorsException(path, "it is no checkpoint: its metadata hold no state");
        }
        catch (JsonException failure)
        {
            throw new SafetensorsException(path, "the state in its metadata is no JSON", failure);
        }
    }

    [JsonSerializable(typeof(CheckpointState))]
    private sealed partial class CheckpointJson : JsonSerializerContext;
}
