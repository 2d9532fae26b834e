using System.Security.Cryptography;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Makes key files for a test.</summary>
internal static class DevelopmentKeys
{
    public static void Write(string path, string organizationId)
    {
        _ = organizationId;
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));
    }
}
