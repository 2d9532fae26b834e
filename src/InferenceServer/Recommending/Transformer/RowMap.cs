using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Sequence;

namespace KpGrpc.InferenceServer.Recommending.Transformer;

/// <summary>The catalogue's row of each work of a model. Rows only grow, so it is only ever extended. Safe from any thread.</summary>
/// <param name="model">Names the works.</param>
internal sealed class RowMap(SequenceModel model)
{
    private volatile State state = new(0, [.. Enumerable.Repeat(-1, model.ItemCount)]);

    /// <summary>Row of each item; negative, or beyond the table, where the catalogue lacks it.</summary>
    public int[] Of(WorkTable table)
    {
        var now = state;
        if (now.Rows < table.Count)
        {
            var places = now.Places.ToArray(); // two threads that extend it at once find the same
            for (var row = now.Rows; row < table.Count; row++)
            {
                if (model.IndexOf(table.IdOf(row)) is { } item)
                {
                    places[item] = row;
                }
            }

            state = now = new State(table.Count, places);
        }

        return now.Places;
    }

    private sealed record State(int Rows, int[] Places);
}
