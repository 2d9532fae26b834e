using KpGrpc.Client.Signing;

namespace KpGrpc.Demo.Network;

/// <summary>The organisations' own signing keys, read from the development network's folder when first needed.</summary>
internal sealed class OrganizationKeys(DevelopmentNetwork network, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, SigningKey> keys = [];

    /// <summary>The signer of an organisation.</summary>
    /// <exception cref="DemoException">Its key cannot be read.</exception>
    public CommandSigner SignerOf(string organizationId)
    {
        if (!keys.TryGetValue(organizationId, out var key))
        {
            keys.Add(organizationId, key = Read(network.KeyFileOf(organizationId)));
        }

        return new CommandSigner(key, DevelopmentParties.NetworkId, DevelopmentParties.LedgerId, time);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    private static SigningKey Read(string path)
    {
        try
        {
            return SigningKeyFile.Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DemoException($"{path} cannot be used: {failure.Message}", failure);
        }
    }
}
