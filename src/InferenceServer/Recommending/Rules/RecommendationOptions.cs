using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending.Rules;

/// <summary>What the operator decides about lists (section <c>Recommendations</c>).</summary>
internal sealed class RecommendationOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Recommendations";

    /// <summary>Weight of diversity where a request names none, 0 (rank alone) to 1. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Diversity { get; set; }

    /// <summary>Share of places, from the third on, that go to works few have taken up, to learn about them. Range 0 to 0.5, default 0.</summary>
    [Range(0.0, 0.5)]
    public double ExplorationShare { get; set; }

    /// <summary>Learners that have taken a work up at most, for it to be tried so. Range 0 to 1,000,000, default 3.</summary>
    [Range(0, 1_000_000)]
    public int ExplorationPopularityMax { get; set; } = 3;

    /// <summary>Rules in the order in which they act; at most 100. Default none.</summary>
    [MaxLength(100)]
    [ValidateEnumeratedItems]
    public IList<RecommendationRule> Rules { get; set; } = [];
}

/// <summary>Source-generated check of <see cref="RecommendationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RecommendationOptionsValidator : IValidateOptions<RecommendationOptions>;
