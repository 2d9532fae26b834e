using KpGrpc.InferenceServer.Models.Tagging.Data;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>Files of <c>train tagger</c>.</summary>
/// <param name="Data">Tagged texts to learn from.</param>
/// <param name="Validation">Tagged texts to choose by, or null.</param>
/// <param name="Format">How both are written.</param>
/// <param name="Plain">Texts without tags.</param>
/// <param name="From">Checkpoint to train further, or null.</param>
/// <param name="Vocabulary">Vocabulary of a network from scratch, or null.</param>
/// <param name="Output">Folder of the finished checkpoint.</param>
/// <param name="Work">Folder of checkpoints and curves.</param>
internal sealed record TrainTaggerPlan(
    string Data, string? Validation, TaggedFormat Format, IReadOnlyList<string> Plain, string? From, string? Vocabulary, string Output, string Work);
