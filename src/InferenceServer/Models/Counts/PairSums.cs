namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>Sums of one work with all others. What it costs follows the works that occur with it, not the catalogue. Not thread-safe.</summary>
/// <param name="itemCount">Works in the catalogue.</param>
internal sealed class PairSums(int itemCount)
{
    private readonly double[] sums = new double[itemCount];
    private readonly List<int> touched = [];

    /// <summary>The sum with a work; 0 where there was none.</summary>
    public double this[int item] => sums[item];

    /// <summary>Adds an amount above 0.</summary>
    public void Add(int item, double amount)
    {
        if (sums[item] == 0)
        {
            touched.Add(item);
        }

        sums[item] += amount;
    }

    /// <summary>Works with a sum, ascending.</summary>
    public List<int> Items()
    {
        touched.Sort();
        return touched;
    }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        touched.ForEach(item => sums[item] = 0);
        touched.Clear();
    }
}
