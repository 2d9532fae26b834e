namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>
/// A sum of regression trees in flat arrays: scores as the library that trained them does, without it. Immutable and
/// thread-safe; the result of a row depends on nothing but the row.
/// </summary>
internal sealed class BoostedTrees
{
    private const int BlockRows = 64; // rows that go through one tree together, while it is in the first-level cache

    private readonly int[] roots; // a node, or the complement of a leaf
    private readonly TreeNode[] nodes;
    private readonly double[] leaves;
    private readonly double[] means; // mean output below each node over the training rows

    /// <summary>Makes the model of its arrays.</summary>
    /// <exception cref="InvalidDataException">An index points nowhere, or children do not come after their parents.</exception>
    public BoostedTrees(int width, double bias, int[] roots, TreeNode[] nodes, double[] leaves, double[] means)
    {
        (Width, Bias) = (width, bias);
        (this.roots, this.nodes, this.leaves, this.means) = (roots, nodes, leaves, means);
        var sound = means.Length == nodes.Length && roots.All(root => Points(root, -1));
        for (var at = 0; at < nodes.Length && sound; at++)
        {
            sound = nodes[at].Feature >= 0 && nodes[at].Feature < width && Points(nodes[at].Left, at) && Points(nodes[at].Right, at);
        }

        Base = bias + roots.Sum(Mean);
        if (!sound)
        {
            throw new InvalidDataException("the trees are not well-formed");
        }
    }

    /// <summary>Number of features of a row.</summary>
    public int Width { get; }

    /// <summary>Number of trees.</summary>
    public int Count => roots.Length;

    /// <summary>Log-odds before the first tree.</summary>
    public double Bias { get; }

    /// <summary>Mean log-odds over the training rows: what contributions are counted from.</summary>
    public double Base { get; }

    /// <summary>The roots, for storage.</summary>
    public ReadOnlySpan<int> Roots => roots;

    /// <summary>The inner nodes, for storage.</summary>
    public ReadOnlySpan<TreeNode> Nodes => nodes;

    /// <summary>The leaf values, for storage.</summary>
    public ReadOnlySpan<double> Leaves => leaves;

    /// <summary>The mean outputs, for storage.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>The log-odds of a row.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = Bias;
        foreach (var root in roots)
        {
            sum += leaves[LeafOf(root, row)];
        }

        return sum;
    }

    /// <summary>The log-odds of consecutive rows: the same numbers as <see cref="Score(ReadOnlySpan{float})"/>, several times as fast.</summary>
    /// <param name="rows">Features, row by row.</param>
    /// <param name="scores">One a row.</param>
    public void Score(ReadOnlySpan<float> rows, Span<double> scores)
    {
        scores.Fill(Bias);
        for (var from = 0; from < scores.Length; from += BlockRows)
        {
            var block = scores[from..Math.Min(scores.Length, from + BlockRows)];
            foreach (var root in roots)
            {
                for (var row = 0; row < block.Length; row++)
                {
                    block[row] += leaves[LeafOf(root, rows.Slice((from + row) * Width, Width))];
                }
            }
        }
    }

    /// <summary>
    /// Adds to each feature what it moved the log-odds of a row from <see cref="Base"/>: at every split on the row's path, the
    /// difference of the mean outputs below and above it (Saabas 2014). The parts add up to the score exactly.
    /// </summary>
    public void Contribute(ReadOnlySpan<float> row, Span<double> contributions)
    {
        foreach (var root in roots)
        {
            for (var at = root; at >= 0;)
            {
                var next = Next(at, row);
                contributions[nodes[at].Feature] += Mean(next) - means[at];
                at = next;
            }
        }
    }

    /// <summary>The leaf that a row reaches in a tree.</summary>
    public int LeafOf(int root, ReadOnlySpan<float> row)
    {
        var at = root;
        while (at >= 0)
        {
            at = Next(at, row);
        }

        return ~at;
    }

    /// <summary>The first trees alone.</summary>
    public BoostedTrees Take(int count)
    {
        var nodeEnd = roots[count..].Where(root => root >= 0).DefaultIfEmpty(nodes.Length).First(); // trees lie one behind the other
        var leafEnd = 1 + roots[..count].Concat(nodes[..nodeEnd].SelectMany(node => new[] { node.Left, node.Right })).Where(at => at < 0).Max(at => ~at);
        return new BoostedTrees(Width, Bias, roots[..count], nodes[..nodeEnd], leaves[..leafEnd], means[..nodeEnd]);
    }

    /// <summary>The model whose score is the mean of the models' scores.</summary>
    public static BoostedTrees Average(IReadOnlyList<BoostedTrees> models)
    {
        var share = 1.0 / models.Count;
        var (roots, nodes) = (new List<int>(), new List<TreeNode>());
        var (leaves, means) = (new List<double>(), new List<double>());
        foreach (var model in models)
        {
            var (node, leaf) = (nodes.Count, leaves.Count);
            int Moved(int at) => at >= 0 ? at + node : ~(~at + leaf);
            roots.AddRange(model.roots.Select(Moved));
            nodes.AddRange(model.nodes.Select(entry => entry with { Left = Moved(entry.Left), Right = Moved(entry.Right) }));
            leaves.AddRange(model.leaves.Select(value => value * share));
            means.AddRange(model.means.Select(value => value * share));
        }

        return new BoostedTrees(models[0].Width, models.Sum(model => model.Bias) * share, [.. roots], [.. nodes], [.. leaves], [.. means]);
    }

    private int Next(int at, ReadOnlySpan<float> row)
    {
        ref readonly var node = ref nodes[at];
        return row[node.Feature] > node.Threshold ? node.Right : node.Left; // NaN is above nothing
    }

    private double Mean(int at) => at >= 0 ? means[at] : leaves[~at];

    private bool Points(int at, int parent) => at >= 0 ? at > parent && at < nodes.Length : ~at < leaves.Length;
}
