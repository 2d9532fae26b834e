namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>
/// Content vectors by row, and which rows have each feature, so that all works alike a vector are found without looking
/// at the others. One writer; any number of readers beside it.
/// </summary>
internal sealed class ContentIndex : IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private readonly Dictionary<int, Postings> postings = [];
    private ContentVector?[] vectors = new ContentVector?[1024];

    /// <summary>An index over features of one rarity.</summary>
    public ContentIndex(FeatureRarity rarity) => Rarity = rarity;

    /// <summary>What vectors of this index are made with.</summary>
    public FeatureRarity Rarity { get; }

    /// <summary>The vector of a row; null when the row has none yet.</summary>
    public ContentVector? VectorOf(int row)
    {
        var now = Volatile.Read(ref vectors);
        return row < now.Length ? Volatile.Read(ref now[row]) : null;
    }

    /// <summary>Gives rows their vectors; null takes one away.</summary>
    public void Set(IReadOnlyCollection<(int Row, ContentVector? Vector)> changes)
    {
        gate.EnterWriteLock();
        try
        {
            foreach (var (row, vector) in changes)
            {
                Set(row, vector);
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Adds the cosine of a vector with each row's to the row's score.</summary>
    /// <param name="vector">Of this index' rarity.</param>
    /// <param name="weight">Factor of each cosine.</param>
    /// <param name="scores">A place a row; rows beyond it are passed over.</param>
    public void Accumulate(ContentVector vector, float weight, Span<float> scores)
    {
        gate.EnterReadLock();
        try
        {
            for (var at = 0; at < vector.Features.Length; at++)
            {
                if (postings.TryGetValue(vector.Features[at], out var list))
                {
                    list.Accumulate(weight * vector.Weights[at], scores);
                }
            }
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Adds to the score of each row what the rarest features of a vector contribute to the cosine.</summary>
    /// <param name="vector">Of this index' rarity.</param>
    /// <param name="reads">Places that are read at most; the rarest feature is read in part where it alone has more.</param>
    /// <param name="scores">A place a row, 0 in all; grows with the index.</param>
    /// <param name="touched">Gets the rows whose score is no longer 0.</param>
    public void Gather(ContentVector vector, int reads, ref float[] scores, List<int> touched)
    {
        gate.EnterReadLock();
        try
        {
            if (scores.Length < vectors.Length)
            {
                scores = new float[vectors.Length];
            }

            var lists = vector.Features.Select((feature, at) => (List: postings.GetValueOrDefault(feature), Weight: vector.Weights[at]))
                .Where(entry => entry.List is { Count: > 0 }).OrderBy(entry => entry.List!.Count);
            foreach (var (list, weight) in lists)
            {
                if (touched.Count > 0 && list!.Count > reads)
                {
                    return;
                }

                reads -= list!.Gather(weight, reads, scores, touched);
            }
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <inheritdoc />
    public void Dispose() => gate.Dispose();

    private void Set(int row, ContentVector? vector)
    {
        foreach (var feature in VectorOf(row)?.Features ?? [])
        {
            postings[feature].Remove(row);
        }

        if (row >= vectors.Length)
        {
            var grown = vectors;
            Array.Resize(ref grown, Math.Max(row + 1, 2 * vectors.Length));
            Volatile.Write(ref vectors, grown);
        }

        Volatile.Write(ref vectors[row], vector);
        for (var at = 0; at < (vector?.Features.Length ?? 0); at++)
        {
            var feature = vector!.Features[at];
            if (!postings.TryGetValue(feature, out var list))
            {
                postings.Add(feature, list = new Postings());
            }

            list.Add(row, vector.Weights[at]);
        }
    }
}
