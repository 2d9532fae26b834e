using System.Text.Encodings.Web;
using System.Text.Json;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>How JSON of a checkpoint is written: indented, Chinese as it is.</summary>
internal static class CheckpointJson
{
    /// <summary>Shared settings of the writer.</summary>
    public static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
