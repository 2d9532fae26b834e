using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KpGrpc.InferenceServer.Models.Tagging.Data;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>A name for what a stage is trained on and how: a checkpoint of anything else is refused.</summary>
internal static class TaggerRecipe
{
    private const int HashDigits = 16;

    /// <summary>The name of a stage's recipe.</summary>
    public static string Of(string stage, TaggerModel model, TaggerTrainingOptions options, IEnumerable<TaggedText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text.Text));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('|', text.Spans)));
        }

        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(options));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(model.Network.Settings));
        return $"tagger {stage} {Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits]}";
    }
}
