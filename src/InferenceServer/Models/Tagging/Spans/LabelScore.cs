namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>How well the mentions of one label, or of all, were found. A mention counts only with both ends and its label right.</summary>
/// <param name="Label">The label, or the name of the average.</param>
/// <param name="Precision">Share of the found mentions that are right, in [0, 1]; 0 when none was found.</param>
/// <param name="Recall">Share of the mentions that were found; 0 when there are none.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Support">How many mentions there are.</param>
internal sealed record LabelScore(string Label, double Precision, double Recall, double F1, long Support);
