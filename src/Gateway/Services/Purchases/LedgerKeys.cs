using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>The keys that the Gateway signs with. Read once, before the server listens.</summary>
internal sealed class LedgerKeys(IOptions<LedgerOptions> options, TimeProvider time) : IDisposable
{
    private readonly LedgerOptions settings = options.Value;
    private readonly LedgerSigner? platform = LedgerSigner.Read(
        "Gateway:PlatformKeyPath", options.Value.PlatformKeyPath, options.Value.PlatformOrganizationId, options.Value, time);
    private readonly LedgerSigner? provider = LedgerSigner.Read(
        "Gateway:ProviderKeyPath", options.Value.ProviderKeyPath, options.Value.ProviderOrganizationId, options.Value, time);

    /// <summary>The platform.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION: no key of it is configured.</exception>
    public LedgerSigner RequirePlatform() => platform ?? throw RichErrors.FailedPrecondition(
        Violations.NoKey, $"organizations/{settings.PlatformOrganizationId}", "this Gateway keeps no key of the platform: its operator sets Gateway:PlatformKeyPath");

    /// <summary>The development payment provider.</summary>
    /// <param name="providerId">The one that the caller asks for; empty means the configured one.</param>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION: another provider, or no key of it is configured.</exception>
    public LedgerSigner RequireProvider(string providerId)
    {
        if (providerId.Length > 0 && providerId != settings.ProviderOrganizationId)
        {
            throw RichErrors.FailedPrecondition(Violations.UnknownProvider, $"providers/{providerId}", "this Gateway does not work with this payment provider; leave provider_id empty for the configured one");
        }

        return provider ?? throw RichErrors.FailedPrecondition(
            Violations.NoKey, $"organizations/{settings.ProviderOrganizationId}", "no payment provider is configured, so nothing can be paid in: the development provider needs Gateway:ProviderKeyPath");
    }

    public void Dispose()
    {
        provider?.Dispose();
        platform?.Dispose();
    }
}
