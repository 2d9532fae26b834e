namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>Features of rows, row by row in one array. Missing values are NaN.</summary>
internal sealed class FeatureMatrix
{
    /// <summary>No finite value lies beyond ±this: what is missing can be told from all of them.</summary>
    public const float Bound = 1e29f;

    private readonly float[] values;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="names">Name of each feature.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="ownWidth">See <see cref="OwnWidth"/>; null = all.</param>
    /// <exception cref="Import.ImportException">It would not fit into one array.</exception>
    public FeatureMatrix(IReadOnlyList<string> names, int rows, int? ownWidth = null)
    {
        Names = names;
        OwnWidth = ownWidth ?? names.Count;
        Rows = rows;
        values = (long)rows * names.Count <= Array.MaxLength
            ? new float[rows * names.Count]
            : throw new Import.ImportException($"{rows:N0} rows with {names.Count:N0} features are too many; take a sample of the rows.");
    }

    /// <summary>Name of each feature.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Width => Names.Count;

    /// <summary>Features that speak of the row itself; those after them are the same for all rows of a group.</summary>
    public int OwnWidth { get; }

    /// <summary>The features of a row.</summary>
    public Span<float> Row(int row) => values.AsSpan(row * Width, Width);

    /// <summary>The features of consecutive rows.</summary>
    public ReadOnlySpan<float> Block(int from, int count) => values.AsSpan(from * Width, count * Width);

    /// <summary>The values of a feature.</summary>
    public float[] Column(int feature)
    {
        var column = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            column[row] = values[(row * Width) + feature];
        }

        return column;
    }

    /// <summary>Brings every finite value within <see cref="Bound"/>.</summary>
    public void Limit()
    {
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = float.IsNaN(values[at]) ? float.NaN : Math.Clamp(values[at], -Bound, Bound);
        }
    }
}
