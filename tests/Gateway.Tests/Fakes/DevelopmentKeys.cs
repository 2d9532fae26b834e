using KpGrpc.Client.Signing;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Makes key files for a test.</summary>
internal static class DevelopmentKeys
{
    public static void Write(string path, string organizationId)
    {
        using var key = SigningKey.Generate(organizationId, $"{organizationId}/1");
        SigningKeyFile.Write(path, key, development: true);
    }
}
