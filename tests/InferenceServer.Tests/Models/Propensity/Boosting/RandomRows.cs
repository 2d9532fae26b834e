using KpGrpc.InferenceServer.Models.Propensity.Features;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Boosting;

/// <summary>Made-up rows whose label depends on some features, with missing values among them.</summary>
internal static class RandomRows
{
    public static (FeatureMatrix Features, bool[] Labels) Of(int rows, int width, int seed)
    {
        var random = new Random(seed);
        var features = new FeatureMatrix([.. Enumerable.Range(0, width).Select(at => $"f{at}")], rows);
        var labels = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            var values = features.Row(row);
            for (var at = 0; at < width; at++)
            {
                values[at] = random.Next(10) == 0 ? float.NaN : at % 3 == 0 ? random.Next(5) : (float)(random.NextDouble() - 0.5);
            }

            var score = (float.IsNaN(values[0]) ? 2 : values[0] - 2) + (values[1] > 0 ? 1 : -1) + random.NextDouble() - 0.5;
            labels[row] = score > 0;
        }

        return (features, labels);
    }
}
