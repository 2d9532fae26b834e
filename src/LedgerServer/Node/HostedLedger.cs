using KpGrpc.LedgerServer.Configuration;

namespace KpGrpc.LedgerServer.Node;

/// <summary>A ledger of this process with its own settings.</summary>
/// <param name="Node">The ledger.</param>
/// <param name="Options">Its files and limits.</param>
internal sealed record HostedLedger(LedgerNode Node, LedgerOptions Options)
{
    /// <summary>Its id.</summary>
    public string Id => Node.Genesis.LedgerId;
}
