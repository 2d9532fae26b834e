using KpGrpc.InferenceServer.Models.Tagging.Data;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>What a training of a tagger was asked to do.</summary>
/// <param name="Data">Tagged texts to learn from.</param>
/// <param name="Validation">Tagged texts to choose by, or null.</param>
/// <param name="Format">How both are written.</param>
/// <param name="Plain">Texts without tags.</param>
/// <param name="From">Checkpoint to train further, or null.</param>
/// <param name="Vocabulary">Vocabulary of a network from scratch, or null.</param>
/// <param name="Output">Folder of all models.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Name of the version.</param>
/// <param name="SkipExisting">A version that exists is left as it is; otherwise it is an error.</param>
/// <param name="Resume">Go on from a checkpoint.</param>
internal sealed record TrainTaggerPlan(
    string Data, string? Validation, TaggedFormat Format, IReadOnlyList<string> Plain, string? From, string? Vocabulary,
    string Output, string Model, string Version, bool SkipExisting, bool Resume);
