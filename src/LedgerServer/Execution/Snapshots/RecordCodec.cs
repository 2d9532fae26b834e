using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// Immutable records as UTF-8 JSON, each behind its length, all of one type behind the fingerprint of its shape: a
/// build whose records look different refuses them instead of reading them wrongly.
/// </summary>
internal static class RecordCodec
{
    /// <summary>Longest record, in bytes; a longer length is damage.</summary>
    private const int RecordBytesMax = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = NewOptions();

    /// <summary>Writes fingerprint, number and records.</summary>
    public static void Write<T>(BinaryWriter output, ReadOnlySpan<T> records)
    {
        output.Write(Shape<T>.Fingerprint);
        output.Write(records.Length);
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder, SkipValidation = true });
        foreach (var record in records)
        {
            buffer.SetLength(0);
            json.Reset();
            JsonSerializer.Serialize(json, record, Shape<T>.Info);
            output.Write7BitEncodedInt((int)buffer.Length);
            output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another build's shape, or damage.</exception>
    public static void Read<T>(BinaryReader input, Action<T> add)
    {
        if (input.ReadUInt64() != Shape<T>.Fingerprint)
        {
            throw new InvalidDataException($"its records of type {typeof(T).Name} have the shape of another build");
        }

        var count = input.ReadInt32();
        if (count < 0)
        {
            throw new InvalidDataException($"it says that {count} records of type {typeof(T).Name} follow");
        }

        var buffer = Array.Empty<byte>();
        for (var i = 0; i < count; i++)
        {
            var length = input.Read7BitEncodedInt();
            if (length is < 0 or > RecordBytesMax || length > input.BaseStream.Length - input.BaseStream.Position)
            {
                throw new InvalidDataException($"a record of type {typeof(T).Name} has {length} bytes");
            }

            buffer = length <= buffer.Length ? buffer : new byte[Math.Max(length, 1024)];
            input.BaseStream.ReadExactly(buffer, 0, length);
            add(Decode<T>(buffer.AsSpan(0, length)));
        }
    }

    private static T Decode<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Shape<T>.Info)
                ?? throw new InvalidDataException($"a record of type {typeof(T).Name} is null");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // NotSupportedException is how the serialiser says that an object of several kinds does not name its own.
            throw new InvalidDataException($"a record of type {typeof(T).Name} cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonSerializerOptions NewOptions() => new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RecordShape.NameDerivedTypes, RecordShape.LeaveOutComputed } },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new PooledStringConverter(), new Hash256Converter(), new RoleSetConverter() },
    };

    private static class Shape<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

        public static readonly ulong Fingerprint = RecordShape.Fingerprint(Info);
    }
}
