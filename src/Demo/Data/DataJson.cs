using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KpGrpc.Demo.Data;

/// <summary>How catalogue lines are written: snake_case names, absent values left out, Chinese letters as they are.</summary>
[JsonSerializable(typeof(CatalogueWork))]
[JsonSerializable(typeof(Producer))]
internal sealed partial class DataJson : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    public static DataJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
