using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// A trained recommender: the network, the counts beside it, and the ids of the works that both know by index. Owns the
/// network; all but the network is immutable and thread-safe.
/// </summary>
/// <param name="Network">One thread at a time.</param>
/// <param name="Counts">Over the same works.</param>
/// <param name="Prior">How much the counts say.</param>
/// <param name="WorkIds">Ids by index, [items], each once.</param>
internal sealed record SequenceModel(SequenceNetwork Network, CountsModel Counts, PriorWeights Prior, IReadOnlyList<string> WorkIds) : IDisposable
{
    private readonly Lazy<Dictionary<string, int>> indices = new(() =>
        WorkIds.Select((id, index) => (id, index)).ToDictionary(entry => entry.id, entry => entry.index, StringComparer.Ordinal));

    /// <summary>Works that it knows.</summary>
    public int ItemCount => Network.Shape.ItemCount;

    /// <summary>Index of a work; null for one that it does not know.</summary>
    public int? IndexOf(string workId) => indices.Value.TryGetValue(workId, out var index) ? index : null;

    /// <summary>A history as the model reads it: indices, newest last, works that it does not know left out.</summary>
    public int[] Encode(IEnumerable<string> workIds) => [.. workIds.Select(IndexOf).OfType<int>()];

    /// <inheritdoc />
    public void Dispose() => Network.Dispose();
}
