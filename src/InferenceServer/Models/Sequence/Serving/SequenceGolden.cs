using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>Records what a recommender answers when it is published: short, long and empty histories.</summary>
internal static class SequenceGolden
{
    private const double Tolerance = 1e-3; // of logits: another processor adds up in another order
    private const int Rows = 4;

    /// <summary>Writes the golden set into a folder that is about to be published. The model stays the caller's.</summary>
    public static void Save(string folder, SequenceModel model)
    {
        using var runner = new SequenceRunner(new SharedSequenceModel(model, int.MaxValue));
        int[] lengths = [0, 1, model.Network.Shape.LengthMax / 4, model.Network.Shape.LengthMax + 5];
        var set = GoldenSet.Record(runner, new SequenceCodec(model), lengths.Select(length => Histories(length, model.ItemCount)), Tolerance);

        // Ids of almost equal scores may change places from one processor to another: the scores say enough.
        (set with { Cases = [.. set.Cases.Select(one => one with { Outputs = [.. one.Outputs.Where(output => output.Type == TensorType.Fp32)] })] }).Save(folder);
    }

    private static Dictionary<string, TensorValue> Histories(int length, int items)
    {
        long[] works = [.. Enumerable.Range(0, Rows * length).Select(place => place * 7919L % items)];
        return new Dictionary<string, TensorValue> { [SequenceCodec.Indices] = TensorValue.Of(SequenceCodec.Indices, works, Rows, length) };
    }
}
