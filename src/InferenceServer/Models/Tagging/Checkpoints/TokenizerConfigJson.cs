using System.Text.Json;
using System.Text.Json.Nodes;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>Reads and writes what the tagger needs of Hugging Face's <c>tokenizer_config.json</c>.</summary>
internal static class TokenizerConfigJson
{
    /// <summary>Whether letters are folded (<c>do_lower_case</c>); true where the file is absent, as in Transformers.</summary>
    /// <exception cref="ImportException">The file is no JSON object, or asks for what is not supported.</exception>
    public static bool ReadLowerCase(string path)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        try
        {
            var root = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new ImportException($"{path} is no JSON object.");
            var lowerCase = root["do_lower_case"]?.GetValue<bool>() ?? true;
            if (root["tokenize_chinese_chars"]?.GetValue<bool>() == false)
            {
                throw new ImportException($"{path}: tokenize_chinese_chars is false, and only true is supported.");
            }

            if (root["strip_accents"]?.GetValue<bool>() is { } strips && strips != lowerCase)
            {
                throw new ImportException($"{path}: strip_accents must be as do_lower_case ({lowerCase}), or null.");
            }

            return lowerCase;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The file's text.</summary>
    public static string Write(bool lowerCase, int tokensMax) => new JsonObject
    {
        ["tokenizer_class"] = "BertTokenizer",
        ["do_lower_case"] = lowerCase,
        ["tokenize_chinese_chars"] = true,
        ["strip_accents"] = null,
        ["model_max_length"] = tokensMax,
        ["unk_token"] = "[UNK]",
        ["sep_token"] = "[SEP]",
        ["pad_token"] = "[PAD]",
        ["cls_token"] = "[CLS]",
        ["mask_token"] = "[MASK]",
    }.ToJsonString(CheckpointJson.Options) + "\n";
}
