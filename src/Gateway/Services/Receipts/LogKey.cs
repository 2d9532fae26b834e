using System.Collections.Concurrent;

using Grpc.Core;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Services.Receipts;

/// <summary>Verifier keys of the ledgers' logs, asked for once. A convenience for newcomers: who verifies pins a key got elsewhere. Safe from any thread.</summary>
internal sealed class LogKey(LedgerService.LedgerServiceClient ledger)
{
    private readonly ConcurrentDictionary<string, string> keys = new(StringComparer.Ordinal);

    /// <summary>The C2SP verifier key of a ledger's log; empty where the ledger does not tell it now.</summary>
    public async Task<string> FindAsync(string ledgerId, CancellationToken cancellationToken)
    {
        if (keys.TryGetValue(ledgerId, out var known))
        {
            return known;
        }

        try
        {
            var status = await ledger.GetStatusAsync(new GetStatusRequest { LedgerId = ledgerId }, cancellationToken: cancellationToken);
            return status.LogVerifierKey.Length > 0 ? keys.GetOrAdd(ledgerId, status.LogVerifierKey) : string.Empty;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Empty;
        }
    }
}
