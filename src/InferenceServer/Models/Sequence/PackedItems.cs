using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// The embeddings of all works as 16-bit numbers, each work's with a scale of its own (an error of 1/65,534 of its largest),
/// for scoring on a processor: what scoring a catalogue for one learner costs is reading it, and this is half of it. Thirty-two
/// works lie interleaved, so that no sums across lanes are needed. A row's scores do not depend on the rows beside it, to
/// the last bit. Immutable and thread-safe.
/// </summary>
internal sealed class PackedItems
{
    private const int Lanes = 32;
    private const int Together = 4; // rows whose sums stay in registers while a block is read

    private const int Tile = 64;    // blocks that are read from memory once and then, for further rows, from the core's own cache

    private readonly int count;
    private readonly int width;
    private readonly short[] values;  // [blocks, width, Lanes]
    private readonly float[] scales;  // [blocks, Lanes]
    private readonly float[] biases;  // [blocks, Lanes]

    /// <summary>Packs embeddings.</summary>
    /// <param name="items">[items, width], finite.</param>
    /// <param name="bias">[items]</param>
    public PackedItems(ReadOnlySpan<float> items, ReadOnlySpan<float> bias)
    {
        count = bias.Length;
        width = items.Length / count;
        Blocks = (count + Lanes - 1) / Lanes;
        values = new short[Blocks * width * Lanes];
        scales = new float[Blocks * Lanes];
        biases = new float[Blocks * Lanes];
        bias.CopyTo(biases);
        for (var item = 0; item < count; item++)
        {
            Pack(items.Slice(item * width, width), item);
        }
    }

    private int Blocks { get; }

    /// <summary>The product of states with all embeddings, plus the biases.</summary>
    /// <param name="states">[rows, width]</param>
    /// <param name="scores">[rows, items], overwritten.</param>
    public void Score(ReadOnlySpan<float> states, Span<float> scores)
    {
        var rows = states.Length / width;
        for (var block = 0; block < Blocks; block += Tile)
        {
            var end = Math.Min(Blocks, block + Tile);
            var row = 0;
            for (; row + Together <= rows; row += Together)
            {
                ScoreFour(states.Slice(row * width, Together * width), scores.Slice(row * count, Together * count), block, end);
            }

            for (; row < rows; row++)
            {
                ScoreOne(states.Slice(row * width, width), scores.Slice(row * count, count), block, end);
            }
        }
    }

    private void Pack(ReadOnlySpan<float> embedding, int item)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(embedding));
        var (block, lane) = Math.DivRem(item, Lanes);
        scales[item] = largest / short.MaxValue;
        for (var column = 0; column < width; column++)
        {
            values[(((block * width) + column) * Lanes) + lane] = largest > 0 ? (short)MathF.Round(embedding[column] / largest * short.MaxValue) : (short)0;
        }
    }

    private void ScoreOne(ReadOnlySpan<float> state, Span<float> scores, int from, int to)
    {
        ref var column = ref Unsafe.As<short, Vector512<short>>(ref values[from * width * Lanes]);
        for (var block = from; block < to; block++)
        {
            var (low, high) = (Vector512<float>.Zero, Vector512<float>.Zero);
            foreach (var factor in state)
            {
                var (first, second) = Widen(column);
                low = Vector512.FusedMultiplyAdd(first, Vector512.Create(factor), low);
                high = Vector512.FusedMultiplyAdd(second, Vector512.Create(factor), high);
                column = ref Unsafe.Add(ref column, 1);
            }

            Store(low, high, block, scores);
        }
    }

    private void ScoreFour(ReadOnlySpan<float> states, Span<float> scores, int from, int to)
    {
        // The checks of bounds would cost as much as the arithmetic: the sizes are checked here, once.
        ArgumentOutOfRangeException.ThrowIfNotEqual(states.Length, Together * width, nameof(states));
        ref var column = ref Unsafe.As<short, Vector512<short>>(ref values[from * width * Lanes]);
        for (var block = from; block < to; block++)
        {
            var (lowA, highA, lowB, highB) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var (lowC, highC, lowD, highD) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            ref var state = ref MemoryMarshal.GetReference(states);
            for (var left = width; left > 0; left--)
            {
                var (first, second) = Widen(column);
                var factor = Vector512.Create(state);
                lowA = Vector512.FusedMultiplyAdd(first, factor, lowA);
                highA = Vector512.FusedMultiplyAdd(second, factor, highA);
                factor = Vector512.Create(Unsafe.Add(ref state, width));
                lowB = Vector512.FusedMultiplyAdd(first, factor, lowB);
                highB = Vector512.FusedMultiplyAdd(second, factor, highB);
                factor = Vector512.Create(Unsafe.Add(ref state, 2 * width));
                lowC = Vector512.FusedMultiplyAdd(first, factor, lowC);
                highC = Vector512.FusedMultiplyAdd(second, factor, highC);
                factor = Vector512.Create(Unsafe.Add(ref state, 3 * width));
                lowD = Vector512.FusedMultiplyAdd(first, factor, lowD);
                highD = Vector512.FusedMultiplyAdd(second, factor, highD);
                state = ref Unsafe.Add(ref state, 1);
                column = ref Unsafe.Add(ref column, 1);
            }

            Store(lowA, highA, block, scores[..count]);
            Store(lowB, highB, block, scores.Slice(count, count));
            Store(lowC, highC, block, scores.Slice(2 * count, count));
            Store(lowD, highD, block, scores.Slice(3 * count, count));
        }
    }

    private static (Vector512<float> First, Vector512<float> Second) Widen(Vector512<short> values)
    {
        var (first, second) = Vector512.Widen(values);
        return (Vector512.ConvertToSingle(first), Vector512.ConvertToSingle(second));
    }

    private void Store(Vector512<float> low, Vector512<float> high, int block, Span<float> scores)
    {
        var at = block * Lanes;
        low = Vector512.FusedMultiplyAdd(low, Vector512.Create<float>(scales.AsSpan(at, Lanes / 2)), Vector512.Create<float>(biases.AsSpan(at, Lanes / 2)));
        high = Vector512.FusedMultiplyAdd(high, Vector512.Create<float>(scales.AsSpan(at + (Lanes / 2), Lanes / 2)), Vector512.Create<float>(biases.AsSpan(at + (Lanes / 2), Lanes / 2)));
        if (at + Lanes <= scores.Length)
        {
            low.CopyTo(scores[at..]);
            high.CopyTo(scores[(at + (Lanes / 2))..]);
            return;
        }

        Span<float> last = stackalloc float[Lanes];
        low.CopyTo(last);
        high.CopyTo(last[(Lanes / 2)..]);
        last[..(scores.Length - at)].CopyTo(scores[at..]);
    }
}
