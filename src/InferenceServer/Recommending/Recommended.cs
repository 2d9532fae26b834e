using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>A recommended work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Score">Falls along a list.</param>
/// <param name="Path">The way by which it came.</param>
/// <param name="Model">Name and version of the model that scored it; null for rules and trials.</param>
/// <param name="Because">Works of the history that contributed most, with their share of the score.</param>
internal sealed record Recommended(
    Work Work, double Score, RankPath Path, (string Name, string Version)? Model, IReadOnlyList<(string WorkId, double Share)> Because);
