using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Commands;
using KpGrpc.Client.Signing;
using KpGrpc.Client.Transfers;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Ledger;

/// <summary>
/// Submits commands so that each is executed at most once: every try sends the same bytes under the same idempotency
/// key, and a time-out is an unknown outcome, never a failure. Thread-safe.
/// </summary>
public sealed class LedgerClient
{
    private readonly LedgerService.LedgerServiceClient ledger;
    private readonly LedgerClientOptions options;
    private readonly TimeProvider time;
    private readonly RetryLoop retry;

    /// <summary>Creates a client.</summary>
    /// <param name="channel">Channel to a LedgerServer; stays the caller's to dispose.</param>
    /// <param name="options">Deadline and tries; null for the defaults.</param>
    /// <param name="time">Clock; null for the system's.</param>
    public LedgerClient(ChannelBase channel, LedgerClientOptions? options = null, TimeProvider? time = null)
        : this(CreateInvoker(channel), options, time)
    {
    }

    internal LedgerClient(CallInvoker invoker, LedgerClientOptions? options = null, TimeProvider? time = null)
    {
        ledger = new LedgerService.LedgerServiceClient(invoker);
        this.options = options ?? new LedgerClientOptions();
        this.time = time ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.TriesMax, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(this.options.Deadline, TimeSpan.Zero, nameof(options));
        retry = new RetryLoop(this.options, this.time);
    }

    /// <summary>Submits a command; tries again while the server is away or overloaded.</summary>
    /// <param name="command">The signed command.</param>
    /// <param name="includeProof">Whether inclusion path and tlog-proof are wanted with the receipt.</param>
    /// <param name="cancellationToken">Ends the waiting; the outcome is then unknown.</param>
    public async Task<CommandOutcome> SubmitAsync(PreparedCommand command, bool includeProof = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var request = new SubmitRequest { Command = command.Message, IncludeProof = includeProof };
        var result = await retry.RunAsync(deadline => ledger.SubmitAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);
        return result.Response is { } response
            ? new CommandOutcome.Answered(Receipt.Parser.ParseFrom(response.Receipt.Leaf), response.Receipt, response.Replayed)
            : CommandOutcome.WithoutReceipt(command.OrganizationId, command.IdempotencyKey, RetryRules.StatusOf(result.Failure!), result.MaybeOrdered);
    }

    /// <summary>Asks what became of a command.</summary>
    /// <param name="command">The signed command.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><see cref="CommandOutcome.Answered"/> where it was ordered; else <see cref="CommandOutcome.Unknown"/>: until its window has passed it still may be.</returns>
    public Task<CommandOutcome> ReconcileAsync(PreparedCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ReconcileAsync(command.OrganizationId, command.IdempotencyKey, command.LedgerId, cancellationToken);
    }

    /// <summary>Asks what became of a command by its key.</summary>
    /// <param name="organizationId">Who submitted it.</param>
    /// <param name="idempotencyKey">Its key, 16 bytes.</param>
    /// <param name="ledgerId">The ledger that it was for; empty means the server's default one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<CommandOutcome> ReconcileAsync(string organizationId, ReadOnlyMemory<byte> idempotencyKey, string ledgerId, CancellationToken cancellationToken = default)
    {
        var request = new GetReceiptRequest
        {
            LedgerId = ledgerId,
            Idempotency = new IdempotencyLookup { OrganizationId = organizationId, IdempotencyKey = ByteString.CopyFrom(idempotencyKey.Span) },
        };
        try
        {
            var deadline = time.GetUtcNow() + options.Deadline;
            var response = await ledger.GetReceiptAsync(request, deadline: deadline.UtcDateTime, cancellationToken: cancellationToken);
            return new CommandOutcome.Answered(Receipt.Parser.ParseFrom(response.Receipt.Leaf), response.Receipt, Replayed: true);
        }
        catch (RpcException exception)
        {
            return new CommandOutcome.Unknown(organizationId, idempotencyKey, RetryRules.StatusOf(exception));
        }
    }

    /// <summary>Opens a way for many callers to make transfers that are gathered into batches.</summary>
    /// <param name="signer">Signs the batches; its key must stay alive until the batcher is disposed.</param>
    /// <param name="transfers">Currency and bounds.</param>
    /// <returns>The batcher; the caller's to dispose.</returns>
    public TransferBatcher OpenTransfers(CommandSigner signer, TransferBatcherOptions transfers) => new(ledger, retry, signer, transfers, time);

    /// <summary>Opens a way for many callers to submit commands that are gathered into few calls.</summary>
    /// <param name="signer">Signs a call's commands once; null where every command comes signed by itself. Its key must stay alive until the batcher is disposed.</param>
    /// <param name="commands">Bounds; null for the defaults.</param>
    /// <returns>The batcher; the caller's to dispose.</returns>
    public CommandBatcher OpenCommands(CommandSigner? signer = null, CommandBatcherOptions? commands = null) => new(ledger, retry, signer, commands ?? new CommandBatcherOptions());

    private static CallInvoker CreateInvoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
