using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>
/// The recommender for callers that speak tensors: histories of work ids, or of the model's indices, in; the best works that
/// are not in the history out. Rows shorter than the others are filled up with empty ids, or with −1.
/// </summary>
/// <param name="model">Ids, counts and prior; its network is not touched.</param>
internal sealed class SequenceCodec(SequenceModel model) : ITensorCodec<SequenceRequest, SequenceReply>
{
    /// <summary>Input: ids, BYTES [rows, length].</summary>
    public const string Ids = "history";

    /// <summary>Input instead of it: indices, INT64 [rows, length].</summary>
    public const string Indices = "history_indices";

    /// <summary>Input: works wanted, INT64 [rows], the same in all; 10 where it is absent.</summary>
    public const string Count = "count";

    private const int CountDefault = 10;
    private const int CountMax = 1_000;

    private readonly CountsPrior prior = new(model.Counts);

    /// <inheritdoc />
    public TensorSignature Signature { get; } = new(
        [
            new TensorSpec(Ids, TensorType.Bytes, [-1, -1], Optional: true),
            new TensorSpec(Indices, TensorType.Int64, [-1, -1], Optional: true),
            new TensorSpec(Count, TensorType.Int64, [-1], Optional: true),
        ],
        [
            new TensorSpec("ids", TensorType.Bytes, [-1, -1]),
            new TensorSpec("indices", TensorType.Int64, [-1, -1]),
            new TensorSpec("scores", TensorType.Fp32, [-1, -1]),
        ]);

    /// <inheritdoc />
    public IReadOnlyList<SequenceRequest> Decode(IReadOnlyDictionary<string, TensorValue> inputs)
    {
        var (ids, indices) = (inputs.GetValueOrDefault(Ids), inputs.GetValueOrDefault(Indices));
        if (ids is null == indices is null)
        {
            throw new TensorFaultException(Ids, $"either {Ids} or {Indices} must come, not both");
        }

        var wanted = CountOf(inputs.GetValueOrDefault(Count));
        var shape = (ids ?? indices!).Shape;
        var (rows, width) = ((int)shape[0], (int)shape[1]);
        var known = ids is null ? indices!.Longs.Select(Checked).ToArray() : [.. ids.Texts().Select(id => id.Length == 0 ? -1 : model.IndexOf(id) ?? -1)];
        return [.. Enumerable.Range(0, rows).Select(row => new SequenceRequest(known[(row * width)..((row + 1) * width)].Where(index => index >= 0).ToArray(), wanted))];
    }

    /// <inheritdoc />
    public IReadOnlyList<TensorValue> Encode(IReadOnlyList<SequenceReply> rows)
    {
        var best = rows.Select(Best).ToList();
        var columns = best.Count == 0 ? 0 : best.Min(row => row.Count);
        var flat = best.SelectMany(row => row.Take(columns)).ToList();
        return
        [
            TensorValue.Of("ids", flat.Select(entry => model.WorkIds[entry.Item]), rows.Count, columns),
            TensorValue.Of("indices", [.. flat.Select(entry => (long)entry.Item)], rows.Count, columns),
            TensorValue.Of("scores", [.. flat.Select(entry => entry.Score)], rows.Count, columns),
        ];
    }

    private static int CountOf(TensorValue? count)
    {
        if (count is null)
        {
            return CountDefault;
        }

        return count.Longs.Distinct().ToArray() is [var only and >= 1 and <= CountMax]
            ? (int)only
            : throw new TensorFaultException(Count, $"must be 1 to {CountMax}, the same for every row");
    }

    private int Checked(long index) => index >= -1 && index < model.ItemCount
        ? (int)index
        : throw new TensorFaultException(Indices, $"must be 0 to {model.ItemCount - 1}, or -1 to fill up a row");

    private List<(int Item, float Score)> Best(SequenceReply reply)
    {
        using (reply)
        {
            var scores = reply.Scores;
            prior.Add(reply.Request.History.Span, scores, model.Prior);
            var seen = reply.Request.History.ToArray().ToHashSet();
            var best = new PriorityQueue<int, (float Score, int Order)>();
            for (var item = 0; item < scores.Length; item++)
            {
                if (best.Count == reply.Request.Count && best.TryPeek(out _, out var worst) && scores[item] <= worst.Score)
                {
                    continue;
                }

                if (!seen.Contains(item))
                {
                    best.Enqueue(item, (scores[item], -item));
                    if (best.Count > reply.Request.Count)
                    {
                        best.Dequeue();
                    }
                }
            }

            var list = new List<(int Item, float Score)>(best.Count);
            while (best.TryDequeue(out var item, out var rank))
            {
                list.Add((item, rank.Score));
            }

            list.Reverse();
            return list;
        }
    }
}
