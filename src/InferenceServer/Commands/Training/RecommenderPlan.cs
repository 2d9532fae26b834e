using KpGrpc.InferenceServer.Models.Sequence.Training;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary>What a training of a recommender was asked to do.</summary>
/// <param name="Sources">Data sets; one version each.</param>
/// <param name="Output">Folder of all models.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Name of the version; null = the data set's.</param>
/// <param name="SkipExisting">A version that exists is left as it is; otherwise it is an error.</param>
/// <param name="Resume">Go on from a checkpoint.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Threads">Threads of libtorch; 0 = its choice.</param>
/// <param name="Options">Settings of the trainer.</param>
internal sealed record RecommenderPlan(
    IReadOnlyList<EvaluationSource> Sources, string Output, string Model, string? Version, bool SkipExisting, bool Resume, string Device, int Threads, SequenceTrainerOptions Options);
