using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Makes tokens by hand, good ones and those that an attacker would.</summary>
internal static class HostileTokens
{
    /// <summary>Claims that are good in every way.</summary>
    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = "https://kpgrpc.example/development-issuer",
        ["aud"] = "kpgrpc",
        ["sub"] = "alice",
        ["roles"] = new JsonArray("learner"),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    /// <summary>Signs claims with ES256.</summary>
    public static string Sign(JsonObject claims, ECDsa key, string kid) =>
        Compose(Header("ES256", kid), claims, text => key.SignData(text, HashAlgorithmName.SHA256));

    /// <summary>Signs with a secret that everybody knows: the issuer's public key.</summary>
    public static string SignHmac(JsonObject claims, byte[] secret, string kid) =>
        Compose(Header("HS256", kid), claims, text => HMACSHA256.HashData(secret, text));

    /// <summary>No signature; the algorithm says so, or lies.</summary>
    public static string Unsigned(JsonObject claims, string algorithm) => Compose(Header(algorithm, null), claims, _ => []);

    private static JsonObject Header(string algorithm, string? kid)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (kid is not null)
        {
            header["kid"] = kid;
        }

        return header;
    }

    private static string Compose(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Part(header)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
