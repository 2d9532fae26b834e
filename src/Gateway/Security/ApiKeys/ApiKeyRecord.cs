namespace KpGrpc.Gateway.Security.ApiKeys;

/// <summary>A key as the file keeps it: nobody can get the key back from it.</summary>
/// <param name="Id">Public name of the key; part of its text.</param>
/// <param name="Organization">Whose key it is.</param>
/// <param name="Roles">Names of roles: partner:ORGANISATION, operator, auditor, service.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Salt">Random bytes, base64.</param>
/// <param name="Hash">HMAC-SHA-256 of the secret under the salt, base64.</param>
internal sealed record ApiKeyRecord(string Id, string Organization, IReadOnlyList<string> Roles, DateTimeOffset ExpiresAt, byte[] Salt, byte[] Hash);
