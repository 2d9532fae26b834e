using System.Text.Json;

using Google.Protobuf;

using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>An entry as one line of JSON, for tools that do not read protobuf.</summary>
internal static class EntryJson
{
    /// <summary>
    /// The line with its end: <c>sequence</c>, <c>leaf</c> (base64; what the log hashes), <c>receipt</c> (the same in
    /// protobuf's JSON), <c>keyId</c>, <c>signature</c> and <c>payload</c> (base64; what was signed).
    /// </summary>
    public static byte[] Line(ulong sequence, byte[] leaf, StoredCommand command)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", sequence);
            json.WriteBase64String("leaf", leaf);
            json.WritePropertyName("receipt");
            json.WriteRawValue(JsonFormatter.Default.Format(StoredReceipt.Decode(leaf, sequence)));
            json.WriteString("keyId", command.KeyId);
            json.WriteBase64String("signature", command.Signature.Span);
            json.WriteBase64String("payload", command.Payload.Span);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
