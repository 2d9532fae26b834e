using Google.Protobuf;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Demo.Network;

/// <summary>The organisations' own signing keys, read from the development network's folder when first needed.</summary>
internal sealed class OrganizationKeys(DevelopmentNetwork network) : IDisposable
{
    /// <summary>Signs many payloads of one organisation at once.</summary>
    /// <param name="organizationId">Who signs.</param>
    /// <param name="payloads">Encoded payloads in the order of their execution.</param>
    public SignedBatch Sign(string organizationId, IReadOnlyList<ByteString> payloads) =>
        throw new DemoException($"no signer for {network.KeyFileOf(organizationId)}, {payloads.Count}");

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
