using System.Text.Json;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.Gateway.Security.ApiKeys;

/// <summary>The file of the services' keys.</summary>
internal static class ApiKeyFile
{
    private const int BytesMax = 4 * 1_024 * 1_024;
    private const int HashBytes = 32;

    /// <summary>Reads all keys.</summary>
    /// <exception cref="InvalidDataException">The file does not hold keys.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ApiKeyRecord> Read(string path)
    {
        if (new FileInfo(path).Length > BytesMax)
        {
            throw new InvalidDataException($"it has more than {BytesMax} bytes");
        }

        try
        {
            var records = JsonSerializer.Deserialize(File.ReadAllBytes(path), ApiKeyJson.Default.ApiKeyRecordArray) ?? [];
            var faulty = records.FirstOrDefault(record => !IsWhole(record)) ?? records.GroupBy(record => record.Id).FirstOrDefault(same => same.Count() > 1)?.First();
            return faulty is null ? records : throw new InvalidDataException($"the key {faulty.Id} is not as make-api-key writes it, or stands there twice");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it is not the JSON that make-api-key writes ({exception.Path})", exception);
        }
    }

    /// <summary>Adds a key; the file is there whole, before or after.</summary>
    /// <exception cref="InvalidDataException">The file does not hold keys.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static void Add(string path, ApiKeyRecord record)
    {
        ApiKeyRecord[] all = [.. File.Exists(path) ? Read(path) : [], record];
        var written = $"{path}.{record.Id}.new";
        SecretFile.Create(written, JsonSerializer.SerializeToUtf8Bytes(all, ApiKeyJson.Default.ApiKeyRecordArray));
        File.Move(written, path, overwrite: true);
    }

    /// <summary>Whether a key may have a role: a key is no person, so it is never a learner's.</summary>
    public static bool MayHave(string role) => RoleNames.Parse(role, out _) is not (Roles.None or Roles.Learner);

    private static bool IsWhole(ApiKeyRecord record) =>
        record.Roles.Count > 0 && record.Roles.All(MayHave) && record.Hash.Length == HashBytes && record.Salt.Length > 0 && FieldRules.IsId(record.Organization);
}
