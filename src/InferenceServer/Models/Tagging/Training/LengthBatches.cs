using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// Batches of texts of about equal length in random order, so that little is computed for filling: in a window of some
/// batches texts are sorted, over the windows they are not.
/// </summary>
internal static class LengthBatches
{
    private const int WindowBatches = 50;

    /// <summary>The batches of one epoch, as indexes of texts; each text is in one of them.</summary>
    /// <param name="lengths">Length of each text.</param>
    /// <param name="batchSize">Texts of a batch.</param>
    /// <param name="random">Draws the order.</param>
    public static List<int[]> Of(IReadOnlyList<int> lengths, int batchSize, SeededRandom random)
    {
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order.AsSpan());
        var batches = order.Chunk(batchSize * WindowBatches)
            .SelectMany(window => window.OrderBy(index => lengths[index]).ThenBy(index => index).Chunk(batchSize)).ToArray();
        random.Shuffle(batches.AsSpan());
        return [.. batches];
    }
}
