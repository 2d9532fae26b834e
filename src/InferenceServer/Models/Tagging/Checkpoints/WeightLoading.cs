using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Network;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>Fills a network from a checkpoint, whose names may be those of an older Transformers or of a bare encoder.</summary>
internal static class WeightLoading
{
    /// <summary>Copies every weight of the network that the checkpoint has.</summary>
    /// <param name="path">The checkpoint's file, for messages.</param>
    /// <param name="weights">The checkpoint.</param>
    /// <param name="tree">The network's weights.</param>
    /// <param name="mayLack">Whether a weight may stay as it was made: heads that are to be trained.</param>
    /// <returns>Names that stayed.</returns>
    /// <exception cref="ImportException">A weight is missing or of another shape.</exception>
    public static IReadOnlyList<string> Load(string path, ICheckpointWeights weights, WeightTree tree, Predicate<string> mayLack)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in weights.Names)
        {
            byName[Canonical(name)] = name;
        }

        var lacking = tree.Weights.Keys.Where(name => !byName.ContainsKey(name)).ToList();
        if (lacking.Where(name => !mayLack(name)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            throw new ImportException($"{path} lacks {missing.Count} weights of the network that config.json describes, the first is '{missing[0]}'.");
        }

        foreach (var (name, target) in tree.Weights.Where(weight => byName.ContainsKey(weight.Key)))
        {
            Copy(path, weights, byName[name], target);
        }

        return lacking;
    }

    private static void Copy(string path, ICheckpointWeights weights, string name, torch.Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var read = weights.Read(name);
        if (!read.shape.AsSpan().SequenceEqual(target.shape))
        {
            throw new ImportException(
                $"{path}: '{name}' is [{string.Join(", ", read.shape)}], and config.json makes it [{string.Join(", ", target.shape)}].");
        }

        target.copy_(read);
    }

    /// <summary>
    /// The name as a recent Transformers writes it: the norm's <c>gamma</c> and <c>beta</c> are TensorFlow's words, a bare
    /// encoder leaves the prefix out, a wrapped model puts <c>module.</c> or <c>model.</c> before it.
    /// </summary>
    private static string Canonical(string name)
    {
        foreach (var wrapper in (string[])["module.", "model."])
        {
            name = name.StartsWith(wrapper, StringComparison.Ordinal) ? name[wrapper.Length..] : name;
        }

        name = name.EndsWith("LayerNorm.gamma", StringComparison.Ordinal) ? $"{name[..^"gamma".Length]}weight"
            : name.EndsWith("LayerNorm.beta", StringComparison.Ordinal) ? $"{name[..^"beta".Length]}bias"
            : name;
        return name.StartsWith("embeddings.", StringComparison.Ordinal) || name.StartsWith("encoder.", StringComparison.Ordinal) ? WeightNames.Encoder + name : name;
    }
}
