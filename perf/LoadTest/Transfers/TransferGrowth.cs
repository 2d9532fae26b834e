using KpGrpc.Client.Transfers;
using KpGrpc.LoadTest.Accounts;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;

namespace KpGrpc.LoadTest.Transfers;

/// <summary>Makes a ledger grow by a number of transfers between accounts chosen uniformly.</summary>
/// <param name="session">The ledger.</param>
/// <param name="accounts">Ids of the accounts.</param>
/// <param name="time">Clock for the transfers' ids.</param>
internal sealed class TransferGrowth(LedgerSession session, string[] accounts, TimeProvider time)
{
    private const int AtATime = 16_384;

    /// <summary>Makes the transfers.</summary>
    /// <exception cref="LoadException">One was not made.</exception>
    public async Task GrowAsync(long transfers, CancellationToken cancellationToken)
    {
        var options = new TransferBatcherOptions { CurrencyCode = LedgerSession.Currency, Exponent = LedgerSession.Exponent, ContinueInline = true };
        await using var batcher = session.Client.OpenTransfers(session.Signer(AccountOpening.Owner), options);
        var sampler = AccountSampler.Uniform(accounts.Length);
        var random = new FastRandom(4);
        var started = time.GetTimestamp();
        var under = new ValueTask<TransferOutcome>[AtATime];
        for (var made = 0L; made < transfers; made += AtATime)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < AtATime; i++)
            {
                var (debit, credit) = sampler.Pair(random);
#pragma warning disable CA2012 // Each is awaited once, in the loop below.
                under[i] = batcher.TransferAsync(new Transfer(accounts[debit], accounts[credit], 1), CancellationToken.None);
#pragma warning restore CA2012
            }

            for (var i = 0; i < AtATime; i++)
            {
                var outcome = await under[i];
                if (outcome.Status != TransferStatus.Made)
                {
                    throw new LoadException($"after {time.GetElapsedTime(started)} a transfer was not made: {outcome.Status} {outcome.Reason} {outcome.Error?.Message}");
                }
            }
        }
    }
}
