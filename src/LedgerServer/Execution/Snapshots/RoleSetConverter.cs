using System.Text.Json;
using System.Text.Json.Serialization;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>A set of roles as the list of their numbers, ascending.</summary>
internal sealed class RoleSetConverter : JsonConverter<RoleSet>
{
    /// <inheritdoc/>
    public override RoleSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RoleSet.Of(JsonSerializer.Deserialize<Role[]>(ref reader, options));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RoleSet value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToList(), options);
}
