using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>How texts and labels of works become features (section <c>Content</c>).</summary>
internal sealed class ContentOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Content";

    /// <summary>Features kept a work, those that tell most; 16 bytes each. Range 8 to 1,000, default 64.</summary>
    [Range(8, 1_000)]
    public int FeaturesMax { get; set; } = 64;

    /// <summary>Characters of a work's descriptions that are read. Range 100 to 160,000, default 4,000.</summary>
    [Range(100, 160_000)]
    public int BodyCharactersMax { get; set; } = 4_000;

    /// <summary>What a letter sequence in a title counts, where one in a description counts 1. Range 0.1 to 100, default 3.</summary>
    [Range(0.1, 100.0)]
    public double TitleWeight { get; set; } = 3;

    /// <summary>What a tag, a category or the field counts. Range 0.1 to 100, default 2.</summary>
    [Range(0.1, 100.0)]
    public double LabelWeight { get; set; } = 2;

    /// <summary>Works of like content through which a work is scored that no model knows. Range 1 to 100, default 8.</summary>
    [Range(1, 100)]
    public int NeighboursMax { get; set; } = 8;

    /// <summary>Likeness below which a work is no neighbour. Range 0 to 1, default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double NeighbourLikenessMin { get; set; } = 0.05;

    /// <summary>How often the catalogue is looked at for changed works. Range 10 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>Source-generated check of <see cref="ContentOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ContentOptionsValidator : IValidateOptions<ContentOptions>;
