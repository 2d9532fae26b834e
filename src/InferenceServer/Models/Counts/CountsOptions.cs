using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>
/// The counts recommender's settings (section <c>Counts</c>). The defaults were tuned once, on the validation items of
/// MovieLens-1M and MOOCCube together (<c>docs/design/0004-counts-recommender-and-evaluation.md</c>).
/// </summary>
internal sealed class CountsOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Counts";

    /// <summary>How far apart two works of one history may lie to be counted together, in positions. Default 14.</summary>
    [Range(1, 1000)]
    public int Window { get; set; } = 14;

    /// <summary>A pair <c>d</c> positions apart counts <c>d^-x</c>. 0 = every pair of the window alike. Default 0.86.</summary>
    [Range(0.0, 10.0)]
    public double DistanceExponent { get; set; } = 0.86;

    /// <summary>What a pair in the other order counts, as a share of the pair in order. 0 = order is everything, 1 = nothing. Default 0.04.</summary>
    [Range(0.0, 1.0)]
    public double BackwardWeight { get; set; } = 0.04;

    /// <summary>A history of <c>n</c> works counts <c>n^-x</c> a pair, so that the busiest learners do not decide alone. Default 0.36.</summary>
    [Range(0.0, 2.0)]
    public double LengthExponent { get; set; } = 0.36;

    /// <summary>The counted sum is damped as <c>sum^x</c> before it is normalised. Default 0.51.</summary>
    [Range(0.01, 3.0)]
    public double CountExponent { get; set; } = 0.51;

    /// <summary>Division by (popularity of the work in the history)^x. Default 0.36.</summary>
    [Range(0.0, 2.0)]
    public double SourceExponent { get; set; } = 0.36;

    /// <summary>Division by (popularity of the work that is scored)^x: higher favours rarer works. Default 0.23.</summary>
    [Range(0.0, 2.0)]
    public double PopularityExponent { get; set; } = 0.23;

    /// <summary>How many of a learner's newest works are scored with. Default 36.</summary>
    [Range(1, 1000)]
    public int HistoryLength { get; set; } = 36;

    /// <summary>The work <c>r</c> places from the newest (1 = newest) weighs <c>r^-x</c>. Default 1.1.</summary>
    [Range(0.0, 10.0)]
    public double RecencyExponent { get; set; } = 1.1;

    /// <summary>Neighbours kept a work, the strongest ones: 8 bytes each, so 500 over 100,000 works take at most 400 MB. Default 500.</summary>
    [Range(1, 100_000)]
    public int NeighboursMax { get; set; } = 500;

    /// <summary>Threads that train. 0 = half of the processors, at least one. Default 0.</summary>
    [Range(0, 1024)]
    public int TrainingThreads { get; set; }
}

/// <summary>Source-generated check of <see cref="CountsOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class CountsOptionsValidator : IValidateOptions<CountsOptions>;
