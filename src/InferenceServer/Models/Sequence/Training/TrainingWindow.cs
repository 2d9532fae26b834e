namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>A stretch of a training history: its works but the last are the input, its works but the first the targets.</summary>
/// <param name="History">Index of the history.</param>
/// <param name="Start">First work.</param>
/// <param name="Length">Places: works less one, at least 1.</param>
internal readonly record struct TrainingWindow(int History, int Start, int Length);
