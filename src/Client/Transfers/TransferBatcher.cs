using KpGrpc.Client.Gathering;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// Makes transfers of one organisation in one currency. Concurrent calls are gathered into signed <c>TransferBatch</c>
/// commands, each caller gets its own outcome. There is no timer: a transfer alone goes at once; while calls are under
/// way, what comes is gathered. Failed calls are tried again with the same bytes. Thread-safe.
/// </summary>
/// <example><code>
/// await using var transfers = ledger.OpenTransfers(signer, new() { CurrencyCode = "EUR", Exponent = 2 });
/// var outcome = await transfers.TransferAsync(new Transfer("wallet/a", "wallet/b", 250));
/// </code></example>
public sealed class TransferBatcher : IAsyncDisposable
{
    private readonly TransferBatcherOptions options;
    private readonly TimeProvider time;
    private readonly Gatherer<PendingTransfer> gatherer;

    internal TransferBatcher(LedgerService.LedgerServiceClient ledger, RetryLoop retry, CommandSigner signer, TransferBatcherOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (this.options, this.time) = (options, time);
        var bounds = new GatherBounds(options.QueueMax, options.TransfersPerCommandMax * options.CommandsPerCallMax, options.CallsMax, options.BesideMin);
        gatherer = new Gatherer<PendingTransfer>(bounds, new TransferSender(ledger, retry, signer, options).SendAsync);
    }

    /// <summary>Makes a transfer; waits for a place where too many wait already.</summary>
    /// <param name="transfer">What to transfer.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting: by an <see cref="OperationCanceledException"/> where the transfer was not sent yet and never will
    /// be, else with <see cref="TransferStatus.Unknown"/>.
    /// </param>
    /// <returns>The outcome, to be awaited once. A refusal or an unknown outcome is a value, not an exception.</returns>
    /// <exception cref="ArgumentException">The transfer names no two accounts or no positive amount.</exception>
    /// <exception cref="ObjectDisposedException">The batcher was disposed; the transfer was not sent.</exception>
    public ValueTask<TransferOutcome> TransferAsync(Transfer transfer, CancellationToken cancellationToken = default)
    {
        transfer.Validate();
        var named = transfer.Id.IsEmpty ? transfer with { Id = TransferId.New(time.GetUtcNow()) } : transfer;
        var pending = PendingTransfer.Create(named, options.ContinueInline, cancellationToken);
        return gatherer.TryAdd(pending) ? pending.Outcome : AddLaterAsync(pending, cancellationToken);
    }

    /// <summary>Sends what waits and returns when every transfer has its outcome, at the latest when the calls' deadlines have passed.</summary>
    public ValueTask DisposeAsync() => gatherer.DisposeAsync();

    private async ValueTask<TransferOutcome> AddLaterAsync(PendingTransfer pending, CancellationToken cancellationToken)
    {
        do
        {
            await gatherer.WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!gatherer.TryAdd(pending));
        return await pending.Outcome.ConfigureAwait(false);
    }
}
