using System.Text.Json;
using System.Text.Json.Serialization;

namespace KpGrpc.Gateway.Security.ApiKeys;

/// <summary>Source-generated JSON of the keys file: an array of <see cref="ApiKeyRecord"/>. A member that is not known is a fault.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ApiKeyRecord[]))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
