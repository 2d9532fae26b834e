namespace KpGrpc.InferenceServer.Models.Propensity.Preparation;

/// <summary>A column that the model does not get.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record LeftOutColumn(string Column, string Reason);
