namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>Scored rows.</summary>
/// <param name="Ids">Columns that name the rows.</param>
/// <param name="Probabilities">One a row.</param>
/// <param name="Reasons">One text a row; null where none were asked for.</param>
internal sealed record ScoreTable(IReadOnlyList<(string Name, string[] Values)> Ids, double[] Probabilities, string[]? Reasons);
