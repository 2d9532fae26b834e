using System.ComponentModel.DataAnnotations;

namespace KpGrpc.InferenceServer.Recommending.Rules;

/// <summary>
/// One rule of the operator: places works, or raises and lowers them, for some time. A rule never brings back what a hard
/// filter keeps out.
/// </summary>
internal sealed class RecommendationRule : IValidatableObject
{
    /// <summary>Works that it is about. Empty: all that the other conditions admit.</summary>
    public IList<string> WorkIds { get; set; } = [];

    /// <summary>Producers that it is about. Empty: any.</summary>
    public IList<string> ProducerIds { get; set; } = [];

    /// <summary>Fields that it is about, by the contract's numbers. Empty: any.</summary>
    public IList<int> Fields { get; set; } = [];

    /// <summary>Place, from 1, at which the works of <see cref="WorkIds"/> are put, one behind the other. Range 0 (none) to 100, default 0.</summary>
    [Range(0, 100)]
    public int Position { get; set; }

    /// <summary>Factor of the scores of the best candidates, five times as many as are asked for. Range 0.01 to 100, default 1.</summary>
    [Range(0.01, 100.0)]
    public double Boost { get; set; } = 1;

    /// <summary>Start, inclusive. Default none.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>End, exclusive. Default none.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>A rule that could never act is a mistake.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Position > 0 && WorkIds.Count == 0)
        {
            yield return new ValidationResult("a rule with Position must name the works to place in WorkIds", [nameof(WorkIds)]);
        }

        if (Position == 0 && Boost == 1)
        {
            yield return new ValidationResult("a rule must have a Position, or a Boost other than 1", [nameof(Boost)]);
        }

        if (From >= Until)
        {
            yield return new ValidationResult("From must lie before Until", [nameof(From), nameof(Until)]);
        }
    }
}
