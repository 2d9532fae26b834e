using System.Text.Json;

namespace KpGrpc.MerkleLog.Tests.Vectors;

/// <summary>The vector files of this folder, each of which names its origin.</summary>
internal static class VectorFile
{
    public static readonly JsonElement Merkle = Load("rfc6962-merkle.json");
    public static readonly JsonElement Accumulated = Load("rfc6962-accumulated.json");
    public static readonly JsonElement Notes = Load("c2sp-note-checkpoint-tiles.json");
    public static readonly JsonElement Ed25519 = Load("ed25519-rfc8032.json");

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static ulong Number(this JsonElement element, string property) => element.GetProperty(property).GetUInt64();

    public static IEnumerable<string> Texts(this JsonElement element, string property) =>
        element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!);

    private static JsonElement Load(string name)
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
