namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>The right to use a version that is in memory: it is not unloaded before this is disposed. For one request.</summary>
internal sealed class ModelLease : IDisposable
{
    private readonly ServedVersion version;
    private int returned;

    /// <summary>Only a version makes its leases.</summary>
    internal ModelLease(ServedVersion version) => this.version = version;

    /// <summary>The version's card.</summary>
    public ModelCard Card => version.Card;

    /// <summary>The loaded model.</summary>
    public IServedModel Model => version.Model;

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref returned, 1) == 0)
        {
            version.Return();
        }
    }
}
