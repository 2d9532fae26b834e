using System.Text.Json;
using System.Text.Json.Serialization;

namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// Strings that were shared before a snapshot, such as ids of organisations and codes of currencies, are shared after
/// it too, or a loaded state would take several times the memory.
/// </summary>
internal sealed class PooledStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? StringPool.Share(text) : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StringPool.Share(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
