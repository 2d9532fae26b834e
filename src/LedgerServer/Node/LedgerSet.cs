using System.Collections.Frozen;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Node;

/// <summary>
/// The ledgers of this process. They share nothing but the process: each has its own folder, order, log, keys, state
/// and limits. A disk that fails one of them stops the process, because nobody can tell what else it hurt.
/// </summary>
internal sealed class LedgerSet : IAsyncDisposable
{
    private readonly FrozenDictionary<string, HostedLedger> byId;

    /// <param name="ledgers">One or more; the first is the default one.</param>
    /// <exception cref="StartupException">Two have one id.</exception>
    public LedgerSet(IReadOnlyList<HostedLedger> ledgers)
    {
        if (ledgers.GroupBy(ledger => ledger.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new StartupException($"two ledgers of this server are named {twice.Key}; name another genesis file in one of Ledger and Ledgers");
        }

        All = ledgers;
        byId = ledgers.ToFrozenDictionary(ledger => ledger.Id, StringComparer.Ordinal);
    }

    /// <summary>All ledgers; the default one first.</summary>
    public IReadOnlyList<HostedLedger> All { get; }

    /// <summary>The ledger of an id, the default one where it is empty; null where there is none.</summary>
    public HostedLedger? Find(string ledgerId) => ledgerId.Length == 0 ? All[0] : byId.GetValueOrDefault(ledgerId);

    /// <summary>Begins to order in all ledgers.</summary>
    public void Start()
    {
        foreach (var ledger in All)
        {
            ledger.Node.Start();
        }
    }

    /// <summary>Commits what waits everywhere and takes nothing in any more; reads go on.</summary>
    public Task StopAsync() => Task.WhenAll(All.Select(ledger => ledger.Node.StopAsync().AsTask()));

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in All)
        {
            await ledger.Node.DisposeAsync();
        }
    }
}
