using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>A recommended work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Score">Score; see <see cref="RankedItem.Score"/>.</param>
/// <param name="Path">The rule that put it here.</param>
/// <param name="Because">Works of the history that contributed most, with their share of the score.</param>
internal sealed record Recommended(Work Work, double Score, RankPath Path, IReadOnlyList<(string WorkId, double Share)> Because);
