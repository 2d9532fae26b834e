using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>
/// The counts model for callers that speak tensors: histories of work ids in, the best works and their scores out. It needs no
/// batch, so each row is computed as it comes. Works that are in the history are left out; no other filter acts.
/// </summary>
internal sealed class CountsTensors(CountsTraining training, TimeProvider time) : IServedModel
{
    private const int CountDefault = 10;
    private const int CountMax = 1_000;
    private const string HistoryName = "history";
    private const string CountName = "count";

    /// <inheritdoc />
    public TensorSignature Signature { get; } = new(
        [new TensorSpec(HistoryName, TensorType.Bytes, [-1, -1]), new TensorSpec(CountName, TensorType.Int64, [-1], Optional: true)],
        [new TensorSpec("ids", TensorType.Bytes, [-1, -1]), new TensorSpec("scores", TensorType.Fp32, [-1, -1])]);

    /// <inheritdoc />
    public int Instances => 1;

    /// <inheritdoc />
    public string Device => "cpu";

    /// <inheritdoc />
    public Task<TensorReply> InferAsync(
        IReadOnlyDictionary<string, TensorValue> inputs, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var counts = training.Current;
        var history = inputs[HistoryName];
        var (rows, width) = ((int)history.Shape[0], (int)history.Shape[1]);
        var wanted = CountOf(inputs.GetValueOrDefault(CountName));
        var texts = history.Texts();
        var best = Enumerable.Range(0, rows).Select(row => Rank(counts, texts[(row * width)..((row + 1) * width)], wanted)).ToList();
        var columns = best.Count == 0 ? 0 : best.Min(row => row.Count);
        var ids = best.SelectMany(row => row.Take(columns)).Select(item => counts.WorkIds[item.Item]);
        float[] scores = [.. best.SelectMany(row => row.Take(columns)).Select(item => (float)item.Score)];
        var facts = new BatchFacts(TimeSpan.Zero, time.GetElapsedTime(began), rows, rows * width, 0, BatchReason.Idle);
        return Task.FromResult(new TensorReply([TensorValue.Of("ids", ids, rows, columns), TensorValue.Of("scores", scores, rows, columns)], facts));
    }

    /// <inheritdoc />
    public Task WarmAsync(IReadOnlyDictionary<string, TensorValue> inputs, CancellationToken cancellationToken) =>
        InferAsync(inputs, Priority.Bulk, DateTimeOffset.MaxValue, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<(int Item, double Score)> Rank(TrainedCounts counts, IEnumerable<string> history, int wanted)
    {
        // An empty id fills up a row that is shorter than the others.
        int[] indices = [.. history.Where(id => id.Length > 0).Select(id => counts.Indices.GetValueOrDefault(id, -1)).Where(index => index >= 0)];
        var seen = indices.ToHashSet();
        var scores = new double[counts.WorkIds.Count];
        counts.Model.Score(indices, scores);
        return [.. scores.Select((score, item) => (Item: item, Score: score)).Where(entry => !seen.Contains(entry.Item))
            .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Item).Take(wanted)];
    }

    private static int CountOf(TensorValue? count)
    {
        if (count is null)
        {
            return CountDefault;
        }

        var values = count.Longs.Distinct().ToArray();
        return values is [var only] && only is >= 1 and <= CountMax
            ? (int)only
            : throw new TensorFaultException(CountName, $"must be 1 to {CountMax}, the same for every row");
    }
}
