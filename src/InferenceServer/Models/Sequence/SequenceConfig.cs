using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>What stands in a version's <c>config.json</c>.</summary>
internal sealed record SequenceConfig
{
    /// <summary>Dimensions of the network.</summary>
    public required SequenceShape Shape { get; init; }

    /// <summary>How much the counts say beside it.</summary>
    public required PriorWeights Prior { get; init; }

    /// <summary>Settings of the counts.</summary>
    public required CountsOptions Counts { get; init; }

    /// <summary>Interactions that it was trained on.</summary>
    public required long Interactions { get; init; }
}

/// <summary>JSON of a version's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SequenceConfig))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SequenceJson : JsonSerializerContext;
