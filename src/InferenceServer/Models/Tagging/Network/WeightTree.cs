using TorchSharp;
using TorchSharp.Modules;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>
/// Weights under dotted names, such as <c>bert.embeddings.word_embeddings.weight</c>: a tree of modules, whose state has
/// exactly these names, beside a flat view for the code that computes with them. Owns its weights.
/// </summary>
internal sealed class WeightTree : torch.nn.Module
{
    private readonly Dictionary<string, Parameter> weights;

    /// <summary>Makes fresh weights: normal numbers for matrices, 1 for a norm's scale, 0 for every bias.</summary>
    /// <param name="shapes">Names and shapes.</param>
    /// <param name="fill">Fills a fresh matrix of a name, which is all zeros.</param>
    /// <param name="device">Where they live.</param>
    public WeightTree(IEnumerable<(string Name, long[] Shape)> shapes, Action<string, torch.Tensor> fill, torch.Device device)
        : base(nameof(WeightTree))
    {
        weights = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        var root = new Branch();
        foreach (var (name, shape) in shapes)
        {
            var isNormScale = name.EndsWith("Norm.weight", StringComparison.Ordinal);
            var value = isNormScale ? torch.ones(shape, device: device) : torch.zeros(shape, device: device);
            if (shape.Length > 1)
            {
                fill(name, value);
            }

            var parameter = new Parameter(value, requires_grad: true);
            parameter.DetachFromDisposeScope();
            weights.Add(name, parameter);
            root.Add(name.Split('.'), parameter);
        }

        root.Attach(this);
    }

    /// <summary>The weights by name.</summary>
    public IReadOnlyDictionary<string, Parameter> Weights => weights;

    /// <summary>The weight of a name.</summary>
    public torch.Tensor this[string name] => weights[name];

    private sealed class Branch
    {
        private readonly SortedDictionary<string, Branch> below = new(StringComparer.Ordinal);
        private Parameter? leaf;

        public void Add(ReadOnlySpan<string> path, Parameter parameter)
        {
            if (path.IsEmpty)
            {
                leaf = parameter;
                return;
            }

            if (!below.TryGetValue(path[0], out var next))
            {
                below.Add(path[0], next = new Branch());
            }

            next.Add(path[1..], parameter);
        }

        public void Attach(torch.nn.Module module)
        {
            foreach (var (name, branch) in below)
            {
                if (branch.leaf is { } parameter)
                {
                    module.register_parameter(name, parameter);
                    continue;
                }

                var child = new Node(name);
                branch.Attach(child);
                module.register_module(name, child);
            }
        }
    }

    private sealed class Node(string name) : torch.nn.Module(name);
}
