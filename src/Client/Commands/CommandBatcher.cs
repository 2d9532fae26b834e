using KpGrpc.Client.Gathering;
using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Commands;

/// <summary>
/// Submits commands of any kind, gathered into few calls. A command that comes signed keeps its signature; one that comes
/// as a body shares one signature with its call. There is no timer: a command alone goes at once; while calls are under
/// way, what comes is gathered. Failed calls are tried again with the same bytes. Thread-safe.
/// </summary>
public sealed class CommandBatcher : IAsyncDisposable
{
    private readonly CommandSigner? signer;
    private readonly Gatherer<PendingCommand> gatherer;

    internal CommandBatcher(LedgerService.LedgerServiceClient ledger, RetryLoop retry, CommandSigner? signer, CommandBatcherOptions options)
    {
        options.Validate();
        this.signer = signer;
        var bounds = new GatherBounds(options.QueueMax, options.CommandsPerCallMax, options.CallsMax, options.BesideMin);
        gatherer = new Gatherer<PendingCommand>(bounds, new CommandSender(ledger, retry, signer, options).SendAsync);
    }

    /// <summary>Submits a command that has its own signature.</summary>
    /// <param name="command">The signed command.</param>
    /// <param name="cancellationToken">Ends the waiting: by an <see cref="OperationCanceledException"/> where the command was not sent and never will be, else with <see cref="CommandOutcome.Unknown"/>.</param>
    /// <exception cref="ObjectDisposedException">The batcher was disposed; the command was not sent.</exception>
    public Task<CommandOutcome> SubmitAsync(PreparedCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return AddAsync(new PendingCommand(command.OrganizationId, command.IdempotencyKey, command.Message.Payload.Memory, command), cancellationToken);
    }

    /// <summary>Submits a command under its call's signature.</summary>
    /// <param name="setBody">Sets the body.</param>
    /// <param name="idempotencyKey">16 bytes; empty for a new random key.</param>
    /// <param name="cancellationToken">Ends the waiting: by an <see cref="OperationCanceledException"/> where the command was not sent and never will be, else with <see cref="CommandOutcome.Unknown"/>.</param>
    /// <exception cref="InvalidOperationException">The batcher was opened without a signer.</exception>
    /// <exception cref="ObjectDisposedException">The batcher was disposed; the command was not sent.</exception>
    public Task<CommandOutcome> SubmitAsync(Action<CommandPayload> setBody, ReadOnlyMemory<byte> idempotencyKey = default, CancellationToken cancellationToken = default)
    {
        if (signer is null)
        {
            throw new InvalidOperationException("This batcher was opened without a signer: sign each command, or open it with one.");
        }

        var key = idempotencyKey.IsEmpty ? CommandSigner.NewIdempotencyKey() : idempotencyKey;
        return AddAsync(new PendingCommand(signer.OrganizationId, key, signer.Build(setBody, key), null), cancellationToken);
    }

    /// <summary>Sends what waits and returns when every command has its outcome, at the latest when the calls' deadlines have passed.</summary>
    public ValueTask DisposeAsync() => gatherer.DisposeAsync();

    private async Task<CommandOutcome> AddAsync(PendingCommand pending, CancellationToken cancellationToken)
    {
        await using var cancellation = cancellationToken.UnsafeRegister((_, token) => pending.Cancel(token), null);
        while (!gatherer.TryAdd(pending))
        {
            await gatherer.WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        }

        return await pending.Outcome.ConfigureAwait(false);
    }
}
