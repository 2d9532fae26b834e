using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>Records what a model answers when it is published.</summary>
internal static class PropensityGolden
{
    private const double Tolerance = 1e-6;
    private const int Rows = 8;

    /// <summary>Writes the golden set into a folder that is about to be published.</summary>
    public static void Save(string folder, PropensityModel model)
    {
        var random = new Random(model.Card.Seed);
        float[] values = [.. Enumerable.Range(0, Rows * model.Card.Features.Count).Select(_ => (float)(random.Next(5) * random.NextDouble() * 10))];
        var inputs = new Dictionary<string, TensorValue>
        {
            [PropensityCodec.Features] = TensorValue.Of(PropensityCodec.Features, values, Rows, model.Card.Features.Count),
        };
        using var runner = new PropensityRunner(model);
        GoldenSet.Record(runner, new PropensityCodec(model.Card), [inputs], Tolerance).Save(folder);
    }
}
