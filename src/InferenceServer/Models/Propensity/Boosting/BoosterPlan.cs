namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>What a training tries.</summary>
/// <param name="Candidates">Settings to choose from, at least one.</param>
/// <param name="Folds">Models that are trained and averaged, 2 or more.</param>
/// <param name="Seed">Of every draw.</param>
/// <param name="Threads">Models that grow at the same time.</param>
internal sealed record BoosterPlan(IReadOnlyList<BoosterSettings> Candidates, int Folds, int Seed, int Threads)
{
    private const int FoldsDefault = 4;

    /// <summary>The plan that the verbs use.</summary>
    /// <param name="groups">Whether rows have a group that they are compared with.</param>
    /// <param name="seed">Of every draw.</param>
    /// <param name="threads">Models that grow at the same time; 0 = one a core. The result does not depend on it.</param>
    public static BoosterPlan Default(bool groups, int seed, int threads) =>
        new(BoosterSettings.Candidates(groups), FoldsDefault, seed, threads > 0 ? threads : Environment.ProcessorCount);
}
