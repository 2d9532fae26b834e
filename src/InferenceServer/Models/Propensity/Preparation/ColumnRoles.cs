namespace KpGrpc.InferenceServer.Models.Propensity.Preparation;

/// <summary>What the columns of a file are for, as the person at the command line says.</summary>
/// <param name="Label">Column to predict.</param>
/// <param name="Positive">Its value that means positive; null = one of 1, true, yes.</param>
/// <param name="Ids">Columns that name a row: never features, but part of scored output.</param>
/// <param name="Group">Column whose rows belong together, such as a course; null = none.</param>
/// <param name="Keep">Columns that are kept although the check would leave them out.</param>
/// <param name="LeakBound">A column whose own AUC reaches this is left out, above 0.5 to 1.</param>
internal sealed record ColumnRoles(
    string Label, string? Positive, IReadOnlyList<string> Ids, string? Group, IReadOnlyList<string> Keep, double LeakBound)
{
    /// <summary>The bound where none is given: behaviour alone hardly ever ranks so well, copies of the outcome do.</summary>
    public const double LeakBoundDefault = 0.97;

    /// <summary>Columns that are read as text whatever they hold.</summary>
    public HashSet<string> TextColumns() => [Label, .. Ids, .. Group is null ? Array.Empty<string>() : [Group]];
}
