using System.Text.Json;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// A recommender as a folder: <c>config.json</c> (<see cref="SequenceConfig"/>), <c>works.json</c> (ids by index) and
/// <c>weights.safetensors</c> (the network's tensors under their own names, the counts under <c>counts.*</c>).
/// </summary>
internal static class SequenceModelFile
{
    /// <summary>Name of the file with the dimensions.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Name of the file with the ids.</summary>
    public const string WorksFile = "works.json";

    /// <summary>Name of the file with the tensors.</summary>
    public const string WeightsFile = "weights.safetensors";

    private const string Starts = "counts.starts";
    private const string Neighbours = "counts.neighbours";
    private const string Weights = "counts.weights";
    private const string Popularity = "counts.popularity";

    /// <summary>Writes the files into a folder, which is made.</summary>
    public static void Save(string folder, SequenceModel model)
    {
        using var scope = NewDisposeScope();
        Directory.CreateDirectory(folder);
        var config = new SequenceConfig
        {
            Shape = model.Network.Shape,
            Prior = model.Prior,
            Counts = model.Counts.Options,
            Interactions = model.Counts.Interactions,
        };
        File.WriteAllText(Path.Combine(folder, ConfigFile), JsonSerializer.Serialize(config, SequenceJson.Default.SequenceConfig));
        File.WriteAllText(Path.Combine(folder, WorksFile), JsonSerializer.Serialize([.. model.WorkIds], SequenceJson.Default.StringArray));
        var tensors = model.Network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        tensors.Add(Starts, tensor(model.Counts.Starts.ToArray()));
        tensors.Add(Neighbours, tensor(model.Counts.Neighbours.ToArray()));
        tensors.Add(Weights, tensor(model.Counts.Weights.ToArray()));
        tensors.Add(Popularity, tensor(model.Counts.Popularity.ToArray()));
        SafetensorsWriter.WriteFile(Path.Combine(folder, WeightsFile), tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">What <see cref="Save"/> wrote.</param>
    /// <param name="device">Where the network shall live.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="SequenceModelException">A file is missing or does not fit the others.</exception>
    /// <exception cref="SafetensorsException">The weights are damaged.</exception>
    public static SequenceModel Load(string folder, Device device)
    {
        var config = Read(folder, ConfigFile, text => JsonSerializer.Deserialize(text, SequenceJson.Default.SequenceConfig));
        var works = Read(folder, WorksFile, text => JsonSerializer.Deserialize(text, SequenceJson.Default.StringArray));
        if (works.Length != config.Shape.ItemCount || works.Distinct(StringComparer.Ordinal).Count() != works.Length)
        {
            throw new SequenceModelException($"{folder}: {WorksFile} must hold {config.Shape.ItemCount} different ids, as {ConfigFile} says.");
        }

        SequenceRules.Check(config.Shape);
        using var scope = NewDisposeScope();
        using var random = new TorchRandom(device);
        using var reader = new SafetensorsReader(Path.Combine(folder, WeightsFile));
        var counts = LoadCounts(folder, reader, config);
        var network = new SequenceNetwork(config.Shape, device, random);
        foreach (var (name, tensor) in network.state_dict())
        {
            reader.ReadInto(name, tensor);
        }

        foreach (var parameter in network.parameters())
        {
            parameter.DetachFromDisposeScope();
        }

        return new SequenceModel(network, counts, config.Prior, works);
    }

    private static CountsModel LoadCounts(string folder, SafetensorsReader reader, SequenceConfig config)
    {
        var (starts, neighbours) = (reader.Read(Starts).ToValues<int>(), reader.Read(Neighbours).ToValues<int>());
        var (weights, popularity) = (reader.Read(Weights).ToValues<float>(), reader.Read(Popularity).ToValues<int>());
        var items = config.Shape.ItemCount;
        var fits = starts.Length == items + 1 && popularity.Length == items && weights.Length == neighbours.Length
            && starts[0] == 0 && starts[^1] == neighbours.Length && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second)
            && neighbours.All(neighbour => (uint)neighbour < (uint)items);
        return fits
            ? new CountsModel(starts, neighbours, weights, popularity, config.Interactions, config.Counts)
            : throw new SequenceModelException($"{folder}: the counts in {WeightsFile} do not fit {items} works.");
    }

    private static T Read<T>(string folder, string name, Func<string, T?> parse)
        where T : class
    {
        var path = Path.Combine(folder, name);
        try
        {
            return parse(File.ReadAllText(path)) ?? throw new SequenceModelException($"{path} is empty.");
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SequenceModelException($"{path} cannot be read as a part of a recommender: {failure.Message}", failure);
        }
    }
}
