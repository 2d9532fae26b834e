namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>
/// A version in memory. Requests lease it; it goes once it is retired and the last lease is returned. Safe from any thread.
/// </summary>
/// <param name="folder">Where it lies.</param>
/// <param name="model">The loaded model; owned from here on.</param>
/// <param name="loadedAt">When it became ready.</param>
internal sealed class ServedVersion(ModelFolder folder, IServedModel model, DateTimeOffset loadedAt)
{
    private readonly TaskCompletionSource unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private int leases = 1; // the registry's own, returned when it is retired
    private bool retired;

    /// <summary>Where it lies.</summary>
    public ModelFolder Folder => folder;

    /// <summary>Its card.</summary>
    public ModelCard Card => folder.Card;

    /// <summary>The loaded model; only with a lease.</summary>
    public IServedModel Model => model;

    /// <summary>When it became ready.</summary>
    public DateTimeOffset LoadedAt => loadedAt;

    /// <summary>True once it takes no more requests.</summary>
    public bool IsRetired => Volatile.Read(ref retired);

    /// <summary>Keeps it in memory until the lease is disposed.</summary>
    /// <returns>Null once it is retired.</returns>
    public ModelLease? TryLease()
    {
        lock (gate)
        {
            if (retired)
            {
                return null;
            }

            leases++;
            return new ModelLease(this);
        }
    }

    /// <summary>Gives a lease back.</summary>
    internal void Return()
    {
        lock (gate)
        {
            if (--leases == 0)
            {
                unused.SetResult();
            }
        }
    }

    /// <summary>Takes no more requests, waits for the last lease, then returns the memory. Once.</summary>
    public async Task RetireAsync()
    {
        lock (gate)
        {
            retired = true;
        }

        Return();
        await unused.Task;
        await model.DisposeAsync();
    }
}
