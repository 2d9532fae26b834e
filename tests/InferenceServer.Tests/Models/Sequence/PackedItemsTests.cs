using CsCheck;
using KpGrpc.InferenceServer.Models.Sequence;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class PackedItemsTests
{
    [Fact]
    public void Score_OfAnyShape_IsTheProductWithinTheRoundingOfTheScales() =>
        Shapes.Sample(
            one =>
            {
                var (items, bias, states) = one;
                var width = items.Length / bias.Length;

                var scores = Score(new PackedItems(items, bias), states, width, bias.Length);

                for (var at = 0; at < scores.Length; at++)
                {
                    var state = states.AsSpan(at / bias.Length * width, width);
                    var item = items.AsSpan(at % bias.Length * width, width);
                    var (expected, bound) = ((double)bias[at % bias.Length], 1e-6);
                    var largest = item.ToArray().Max(value => Math.Abs((double)value));
                    for (var column = 0; column < width; column++)
                    {
                        expected += (double)state[column] * item[column];
                        bound += Math.Abs(state[column]) * ((largest / 65_534) + (1e-6 * Math.Abs(item[column])));
                    }

                    Assert.InRange(scores[at], expected - bound, expected + bound);
                }
            },
            iter: 300);

    [Fact]
    public void Score_OfARow_IsTheSameToTheLastBitWhateverIsBesideIt() =>
        Shapes.Sample(
            one =>
            {
                var (items, bias, states) = one;
                var width = items.Length / bias.Length;
                var packed = new PackedItems(items, bias);

                var together = Score(packed, states, width, bias.Length);

                for (var row = 0; row < states.Length / width; row++)
                {
                    Assert.Equal(Score(packed, states.AsSpan(row * width, width), width, bias.Length), together.AsSpan(row * bias.Length, bias.Length).ToArray());
                }
            },
            iter: 100);

    [Fact]
    public void Score_OfAnItemOfZeros_IsItsBias() => Assert.Equal([0.5f, 1f], Score(new PackedItems([0, 0, 1, 0], [0.5f, 0]), [1, 2], 2, 2));

    private static Gen<(float[] Items, float[] Bias, float[] States)> Shapes { get; } =
        from width in Gen.Int[1, 70]
        from count in Gen.Int[1, 40]
        from rows in Gen.Int[1, 9]
        from items in Gen.Float[-2, 2].Array[width * count]
        from bias in Gen.Float[-1, 1].Array[count]
        from states in Gen.Float[-3, 3].Array[width * rows]
        select (items, bias, states);

    private static float[] Score(PackedItems packed, ReadOnlySpan<float> states, int width, int items)
    {
        var scores = new float[states.Length / width * items];
        packed.Score(states, scores);
        return scores;
    }
}
