using System.Runtime.InteropServices;
using KpGrpc.InferenceServer.Models.Counts;
using TorchSharp;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>
/// Counts for training beside the network: the counts that a history is shown come from the other folds of histories, so
/// that they know as little of its next work as they will in service (cross-fitting; counts that had seen the very
/// transition would look better in training than they are). Dense tables of [items, items] a fold; only for catalogues
/// where these fit.
/// </summary>
internal sealed class FoldedCounts : IDisposable
{
    /// <summary>Folds of histories.</summary>
    public const int Folds = 4;

    private const long TableBytesMax = 1L << 30;

    private readonly Tensor table;      // [folds × items + 1, items] float32 on the CPU; the last row is zeros
    private readonly Tensor recency;    // [length, length + reach − 1] float32 on the device
    private readonly double[] factors;  // [reach]
    private readonly int items;
    private readonly int lengthMax;
    private readonly Device device;

    private FoldedCounts(Tensor table, Tensor recency, double[] factors, int items, int lengthMax, Device device)
    {
        (this.table, this.recency, this.factors, this.items, this.lengthMax, this.device) = (table, recency, factors, items, lengthMax, device);
    }

    /// <summary>Counts each fold's complement; null where the tables would not fit or there are too few histories.</summary>
    public static FoldedCounts? Make(IReadOnlyList<int[]> histories, int items, int lengthMax, Device device, CancellationToken cancellationToken)
    {
        var rows = ((long)Folds * items) + 1;
        if (rows * items * sizeof(float) > TableBytesMax || histories.Count < Folds)
        {
            return null;
        }

        var options = new CountsOptions();
        using var scope = NewDisposeScope();
        var table = zeros(rows, items);
        var values = MemoryMarshal.Cast<byte, float>(table.bytes);
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = CountsTrainer.Train([.. histories.Where((_, history) => history % Folds != fold)], items, options, cancellationToken);
            for (var item = 0; item < items; item++)
            {
                for (var at = model.Starts[item]; at < model.Starts[item + 1]; at++)
                {
                    values[((((fold * items) + item) * items)) + model.Neighbours[at]] = model.Weights[at];
                }
            }
        }

        var factors = Enumerable.Range(1, options.HistoryLength).Select(back => Math.Pow(back, -options.RecencyExponent)).ToArray();
        return new FoldedCounts(
            table.DetachFromDisposeScope(), Recency(factors, lengthMax, device).DetachFromDisposeScope(), factors, items, lengthMax, device);
    }

    /// <summary>The count scores of windows, as <c>ln(1 + score / floor)</c>.</summary>
    /// <param name="histories">Training histories.</param>
    /// <param name="windows">Windows of one step.</param>
    /// <param name="places">[places] int64: the real places in the padded windows, as <see cref="SequenceBatch"/> gives them.</param>
    /// <param name="sample">[samples] int64 or null, as <see cref="CatalogueLoss"/> takes it.</param>
    /// <param name="floor">See <see cref="PriorWeights.Floor"/>.</param>
    /// <returns>Of the candidates, [places, candidates], and of the targets, [places], float32.</returns>
    public (Tensor Candidates, Tensor Targets) Of(IReadOnlyList<int[]> histories, TrainingWindow[] windows, Tensor places, Tensor? sample, double floor)
    {
        var length = windows.Max(window => window.Length);
        var (rows, targets) = Gather(histories, windows, length);
        var columns = sample is null ? table : table.index_select(1, sample.cpu());                // [rows of the table, candidates]
        var neighbours = columns.index_select(0, tensor(rows)).to(device)
            .view(windows.Length, length + factors.Length - 1, -1);                                 // [windows, length + reach − 1, candidates]
        var band = recency.narrow(0, 0, length).narrow(1, 0, length + factors.Length - 1);          // [length, length + reach − 1]
        var scores = matmul(band, neighbours).view(windows.Length * length, -1).index_select(0, places); // [places, candidates]
        using var scale = (1 / floor).ToScalar();
        return (scores.mul_(scale).log1p_(), tensor(targets, device: device).mul_(scale).log1p_());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        table.Dispose();
        recency.Dispose();
    }

    /// <summary>Row p, column j: what a work that lies j columns from the left says at place p, the newest one first.</summary>
    private static Tensor Recency(double[] factors, int lengthMax, Device device)
    {
        var columns = lengthMax + factors.Length - 1;
        var values = new float[lengthMax * columns];
        for (var place = 0; place < lengthMax; place++)
        {
            for (var back = 0; back < factors.Length; back++)
            {
                values[(place * columns) + place + factors.Length - 1 - back] = (float)factors[back];
            }
        }

        return tensor(values, [lengthMax, columns], device: device);
    }

    /// <summary>The rows of the table that each window reads, with those before its start, and the targets' scores.</summary>
    private (long[] Rows, float[] Targets) Gather(IReadOnlyList<int[]> histories, TrainingWindow[] windows, int length)
    {
        var width = length + factors.Length - 1;
        var nothing = (long)Folds * items;
        var values = MemoryMarshal.Cast<byte, float>(table.bytes);
        var rows = new long[windows.Length * width];
        Array.Fill(rows, nothing);
        var targets = new float[windows.Sum(window => window.Length)];
        var at = 0;
        for (var row = 0; row < windows.Length; row++)
        {
            var (history, start, places) = windows[row];
            var fold = (long)(history % Folds) * items;
            var works = histories[history];
            for (var place = 1 - factors.Length; place < places; place++)
            {
                if (start + place >= 0)
                {
                    rows[(row * width) + place + factors.Length - 1] = fold + works[start + place];
                }
            }

            for (var place = 0; place < places; place++)
            {
                var (newest, target, sum) = (start + place, works[start + place + 1], 0.0);
                for (var back = 0; back < factors.Length && back <= newest; back++)
                {
                    sum += factors[back] * values[(int)(((fold + works[newest - back]) * items) + target)];
                }

                targets[at++] = (float)sum;
            }
        }

        return (rows, targets);
    }
}
