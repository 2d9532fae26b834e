namespace KpGrpc.Demo.Data;

/// <summary>How learners are simulated.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Number of learners, 1 to 100,000. Default 400.</summary>
    public int Learners { get; init; } = 400;

    /// <summary>Fewest works of a learner, from 1. Default 4.</summary>
    public int WorksMin { get; init; } = 4;

    /// <summary>Most works of a learner, at least <see cref="WorksMin"/>. Default 30.</summary>
    public int WorksMax { get; init; } = 30;

    /// <summary>Fields that a learner cares for, 1 or more. Default 2.</summary>
    public int FieldsMax { get; init; } = 2;

    /// <summary>Probability that the next work is the next part of the series just taken. Default 0.65.</summary>
    public double FollowSeries { get; init; } = 0.65;

    /// <summary>Probability that a choice ignores the learner's fields. Default 0.1.</summary>
    public double Stray { get; init; } = 0.1;

    /// <summary>Exponent of the popularity's power law over a fixed shuffle of the works; 0 is flat. Default 0.8.</summary>
    public double PopularitySkew { get; init; } = 0.8;

    /// <summary>Seed. Default 20261123.</summary>
    public int Seed { get; init; } = 20_261_123;
}
