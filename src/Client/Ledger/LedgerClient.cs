using System.Security.Cryptography;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Signing;
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
    }

    /// <summary>Submits a command; tries again while the server is away or overloaded.</summary>
    /// <param name="command">The signed command.</param>
    /// <param name="includeProof">Whether inclusion path and tlog-proof are wanted with the receipt.</param>
    /// <param name="cancellationToken">Ends the waiting; the outcome is then unknown.</param>
    public async Task<CommandOutcome> SubmitAsync(PreparedCommand command, bool includeProof = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var request = new SubmitRequest { Command = command.Message, IncludeProof = includeProof };
        var deadline = time.GetUtcNow() + options.Deadline;
        var maybeOrdered = false;
        for (var tries = 1; ; tries++)
        {
            try
            {
                var response = await ledger.SubmitAsync(request, deadline: deadline.UtcDateTime, cancellationToken: cancellationToken);
                return new CommandOutcome.Answered(Receipt.Parser.ParseFrom(response.Receipt.Leaf), response.Receipt, response.Replayed);
            }
            catch (RpcException exception)
            {
                var wait = RetryRules.IsRetriable(exception) && tries < options.TriesMax ? Backoff(tries, exception) : (TimeSpan?)null;
                maybeOrdered |= !RetryRules.IsDefinite(exception);
                if (wait is null || time.GetUtcNow() + wait >= deadline || !await DelayAsync(wait.Value, cancellationToken))
                {
                    return Settle(command, exception, maybeOrdered);
                }
            }
        }
    }

    /// <summary>Asks what became of a command.</summary>
    /// <param name="command">The signed command.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><see cref="CommandOutcome.Answered"/> where it was ordered; else <see cref="CommandOutcome.Unknown"/>: until its window has passed it still may be.</returns>
    public Task<CommandOutcome> ReconcileAsync(PreparedCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ReconcileAsync(command.OrganizationId, command.IdempotencyKey, cancellationToken);
    }

    /// <summary>Asks what became of a command by its key.</summary>
    /// <param name="organizationId">Who submitted it.</param>
    /// <param name="idempotencyKey">Its key, 16 bytes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<CommandOutcome> ReconcileAsync(string organizationId, ReadOnlyMemory<byte> idempotencyKey, CancellationToken cancellationToken = default)
    {
        var request = new GetReceiptRequest
        {
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

    private static CallInvoker CreateInvoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }

    // A refusal is only final where no earlier try may still stand in the queue; a taken key is always final.
    private static CommandOutcome Settle(PreparedCommand command, RpcException exception, bool maybeOrdered) =>
        maybeOrdered && exception.StatusCode != StatusCode.AlreadyExists
            ? new CommandOutcome.Unknown(command.OrganizationId, command.IdempotencyKey, RetryRules.StatusOf(exception))
            : new CommandOutcome.NotOrdered(RetryRules.StatusOf(exception));

    // Full jitter (a random part of the doubling bound) keeps clients apart that were refused together.
    private TimeSpan Backoff(int tries, RpcException exception)
    {
        var bound = Math.Min(options.BackoffFirst.TotalMilliseconds * Math.Pow(2, tries - 1), options.BackoffMax.TotalMilliseconds);
        var part = RandomNumberGenerator.GetInt32(1_000) / 1_000.0;
        return TimeSpan.FromMilliseconds(bound * part) + (RetryRules.Advice(exception) ?? TimeSpan.Zero);
    }

    private async Task<bool> DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
