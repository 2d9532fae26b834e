using Google.Protobuf;

using KpGrpc.Client.Signing;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>An organisation in whose name the Gateway signs. Thread-safe; who creates it disposes it.</summary>
internal sealed class LedgerSigner : IDisposable
{
    private readonly SigningKey key;
    private readonly CommandSigner signer;

    private LedgerSigner(SigningKey key, LedgerOptions settings, TimeProvider time)
    {
        this.key = key;
        signer = new CommandSigner(key, settings.NetworkId, settings.LedgerId, time, settings.CommandValidity);
    }

    /// <summary>Gets the organisation.</summary>
    public string OrganizationId => key.OrganizationId;

    /// <summary>Reads an organisation's key.</summary>
    /// <param name="setting">Name of the setting, for messages.</param>
    /// <param name="path">The file; empty: the Gateway keeps no key of this organisation.</param>
    /// <param name="organizationId">Whose key it must be.</param>
    /// <param name="settings">Network, ledger and validity of what it signs.</param>
    /// <param name="time">Clock of the validity window.</param>
    /// <returns>The signer; null where <paramref name="path"/> is empty.</returns>
    /// <exception cref="StartupException">The file is missing, unreadable, malformed or another organisation's.</exception>
    public static LedgerSigner? Read(string setting, string path, string organizationId, LedgerOptions settings, TimeProvider time)
    {
        if (path.Length == 0)
        {
            return null;
        }

        SigningKey key;
        try
        {
            key = SigningKeyFile.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StartupException($"{setting}: can't read a signing key: {exception.Message}", exception);
        }

        if (key.OrganizationId == organizationId)
        {
            return new LedgerSigner(key, settings, time);
        }

        var owner = key.OrganizationId;
        key.Dispose();
        throw new StartupException($"{setting}: {path} is the key of {owner}, but the settings name {organizationId}");
    }

    /// <summary>Signs a command; its validity window starts now.</summary>
    /// <param name="setBody">Sets the body.</param>
    /// <param name="idempotencyKey">16 bytes.</param>
    public SignedCommand Sign(Action<CommandPayload> setBody, ByteString idempotencyKey) => signer.Sign(setBody, idempotencyKey.Memory).Message;

    public void Dispose() => key.Dispose();
}
