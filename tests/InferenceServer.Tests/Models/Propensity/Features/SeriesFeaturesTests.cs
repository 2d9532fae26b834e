using KpGrpc.InferenceServer.Models.Propensity.Features;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Features;

public sealed class SeriesFeaturesTests
{
    [Fact]
    public void Fill_SomeSteps_SaysHowMuchHowOftenAndHowLately()
    {
        var features = Of([0, 2, 0, 0, 3, 1, 0, 0]);
        Assert.Equal(6, features["s.total"]);
        Assert.Equal(3, features["s.active_steps"]);
        Assert.Equal(2, features["s.steps_since_last"]);
        Assert.Equal(1, features["s.first_step"]);
        Assert.Equal(3, features["s.longest_gap"]);
        Assert.Equal(2, features["s.mean_gap"]);
        Assert.Equal(1, features["s.last_3"]);
        Assert.Equal(4, features["s.last_5"]);
        Assert.Equal(3, features["s.active_last_7"]);
        Assert.Equal(3, features["s.max"]);
    }

    [Fact]
    public void Fill_NothingAtAll_IsFiniteAndNeverActive()
    {
        var features = Of(new float[8]);
        Assert.All(features.Values, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(8, features["s.steps_since_last"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Fill_RisingOrFallingSeries_HasASlopeOfThatSign(int sign) =>
        Assert.Equal(sign, Math.Sign(Of([.. Enumerable.Range(1, 10).Select(step => (float)(sign > 0 ? step : 11 - step))])["s.slope"]));

    private static Dictionary<string, float> Of(float[] series)
    {
        var names = SeriesFeatures.Names("s", series.Length);
        var values = new float[names.Count];
        SeriesFeatures.Fill(series, values);
        return names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
