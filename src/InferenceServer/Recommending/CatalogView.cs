using System.Collections.Immutable;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>The catalogue in the index order of one model version: the model's works first, then those it has never seen.</summary>
/// <param name="Counts">The model version.</param>
/// <param name="Catalog">The catalogue snapshot.</param>
/// <param name="Works">Work by index; null where the model knows a work that is not in the catalogue.</param>
internal sealed record CatalogView(TrainedCounts Counts, ImmutableSortedDictionary<string, Work> Catalog, IReadOnlyList<Work?> Works)
{
    /// <summary>Lines a catalogue up with a model.</summary>
    public static CatalogView Of(TrainedCounts counts, ImmutableSortedDictionary<string, Work> catalog)
    {
        var works = new List<Work?>(Math.Max(counts.WorkIds.Count, catalog.Count));
        works.AddRange(counts.WorkIds.Select(id => catalog.GetValueOrDefault(id)));
        works.AddRange(catalog.Where(entry => !counts.Indices.ContainsKey(entry.Key)).Select(entry => entry.Value));
        return new CatalogView(counts, catalog, works);
    }

    /// <summary>Indices of works that the model knows; others are passed over.</summary>
    public int[] IndicesOf(IEnumerable<string> workIds) =>
        [.. workIds.Select(id => Counts.Indices.GetValueOrDefault(id, -1)).Where(index => index >= 0)];
}
