using KpGrpc.InferenceServer.Recommending.Rules;

namespace KpGrpc.InferenceServer.Tests.Recommending.Rules;

public sealed class RecommendationOptionsTests
{
    [Fact]
    public void Validate_RulesThatCouldNeverAct_AreAllNamed()
    {
        var options = new RecommendationOptions
        {
            ExplorationShare = 0.6,
            Rules =
            [
                new RecommendationRule { Position = 1 },
                new RecommendationRule { WorkIds = ["w"] },
                new RecommendationRule { Boost = 2, From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch },
                new RecommendationRule { Boost = 0 },
                new RecommendationRule { Boost = 2, Fields = [1] },
            ],
        };

        var failures = new RecommendationOptionsValidator().Validate(null, options).Failures!.ToArray();

        Assert.All(
            ["ExplorationShare", "must name the works", "a Boost other than 1", "From must lie before Until", "Boost must be between"],
            part => Assert.Contains(failures, failure => failure.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(5, failures.Length);
    }

    [Fact]
    public void Validate_TheDefaults_AreGood() => Assert.True(new RecommendationOptionsValidator().Validate(null, new RecommendationOptions()).Succeeded);
}
