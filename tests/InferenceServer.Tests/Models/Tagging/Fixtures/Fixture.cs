using System.Text.Json;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Fixtures;

/// <summary>The small checkpoints beside this file, and the logits that an independent implementation gives for them.</summary>
internal static class Fixture
{
    private const string Encoded = ".base64";

    private static readonly Lazy<string> Root = new(Decode);

    /// <summary>The folder of a checkpoint.</summary>
    public static string Folder(string name) => Path.Combine(Root.Value, name);

    /// <summary>Sequences of token ids and their logits, [length, tags].</summary>
    public static IEnumerable<(int[] Ids, float[] Logits)> Expected(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(name), "expected.json")));
        foreach (var sequence in document.RootElement.EnumerateArray())
        {
            yield return (
                [.. sequence.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())],
                [.. sequence.GetProperty("logits").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetSingle()))]);
        }
    }

    /// <summary>Copies some files of a checkpoint into a folder.</summary>
    public static void Copy(string name, string target, params ReadOnlySpan<string> files)
    {
        Directory.CreateDirectory(target);
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Folder(name), file), Path.Combine(target, file));
        }
    }

    /// <summary>Writes the binary files beside their text in the output folder, once a process.</summary>
    private static string Decode()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "Models", "Tagging", "Fixtures");
        foreach (var file in Directory.EnumerateFiles(root, $"*{Encoded}", SearchOption.AllDirectories))
        {
            File.WriteAllBytes(file[..^Encoded.Length], Convert.FromBase64String(File.ReadAllText(file)));
        }

        return root;
    }
}
