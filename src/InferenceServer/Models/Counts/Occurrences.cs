namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>Where every work occurs in the histories: the histories turned inside out, in two flat arrays.</summary>
internal sealed class Occurrences
{
    private readonly int[] start;                              // [items + 1]
    private readonly (int Learner, int Position)[] places;     // by item, then by learner and position

    private Occurrences(int[] start, (int Learner, int Position)[] places)
    {
        this.start = start;
        this.places = places;
    }

    /// <summary>All occurrences.</summary>
    public long Total => places.Length;

    /// <summary>How often a work occurs.</summary>
    public int CountOf(int item) => start[item + 1] - start[item];

    /// <summary>Where a work occurs, by learner and position ascending.</summary>
    public ReadOnlySpan<(int Learner, int Position)> Row(int item) => places.AsSpan(start[item]..start[item + 1]);

    /// <summary>Indexes the histories; every item index must lie in [0, itemCount).</summary>
    public static Occurrences Of(IReadOnlyList<int[]> histories, int itemCount)
    {
        var start = new int[itemCount + 1];
        foreach (var history in histories)
        {
            foreach (var item in history)
            {
                start[item + 1]++;
            }
        }

        for (var item = 0; item < itemCount; item++)
        {
            start[item + 1] = checked(start[item + 1] + start[item]);
        }

        var next = start.AsSpan(0, itemCount).ToArray();
        var places = new (int Learner, int Position)[start[itemCount]];
        for (var learner = 0; learner < histories.Count; learner++)
        {
            var history = histories[learner];
            for (var position = 0; position < history.Length; position++)
            {
                places[next[history[position]]++] = (learner, position);
            }
        }

        return new Occurrences(start, places);
    }
}
