using Google.Protobuf;
using Google.Rpc;

using Grpc.Core;

using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>
/// Writes to the ledger so that a retry never does anything twice: an earlier command of the same key is looked up
/// before a new one is signed, so the ledger sees one payload a key even though each payload has its own validity
/// window; where two calls race, the ledger keeps the first and the second finds it.
/// </summary>
internal sealed partial class LedgerWriter(
    LedgerService.LedgerServiceClient ledger,
    TimeProvider time,
    IOptions<LedgerOptions> options,
    IOptions<GatewayOptions> gateway,
    ILogger<LedgerWriter> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly LedgerOptions settings = options.Value;

    /// <summary>Finds or makes the entry of a write.</summary>
    /// <param name="intent">What is wanted.</param>
    /// <param name="callerDeadline">When the caller stops listening, UTC.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    /// <returns>The entry, or that its fate is not known.</returns>
    /// <exception cref="RpcException">Nothing was written by this call: ALREADY_EXISTS, FAILED_PRECONDITION, UNAVAILABLE, or what <see cref="LedgerIntent.Prepare"/> threw.</exception>
    public async Task<LedgerWrite> WriteAsync(LedgerIntent intent, DateTime callerDeadline, CancellationToken cancellationToken)
    {
        var earlier = await FindBeforeWritingAsync(intent, cancellationToken);
        if (earlier is not null)
        {
            return await ReplayAsync(intent, earlier, cancellationToken);
        }

        var command = intent.Signer.Sign(await intent.Prepare(), intent.Key);
        try
        {
            var request = new SubmitRequest { LedgerId = settings.LedgerId, Command = command, IncludeProof = true };
            var answer = await ledger.SubmitAsync(request, deadline: SubmitDeadline(callerDeadline), cancellationToken: cancellationToken);
            return new LedgerWrite(LedgerEntry.Decode(answer.Receipt), answer.Replayed);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // Another call with the same key was faster, with another window.
            earlier = await FindAsync(intent.Signer.OrganizationId, intent.Key, cancellationToken);
            return earlier is null ? LedgerWrite.Unknown : await ReplayAsync(intent, earlier, cancellationToken);
        }
        catch (RpcException exception)
        {
            return Explain(exception, intent);
        }
    }

    /// <summary>Finds the entry of a key.</summary>
    /// <returns>The entry; null where none is logged.</returns>
    /// <exception cref="RpcException">The ledger did not answer.</exception>
    public Task<LedgerEntry?> FindAsync(string organizationId, ByteString key, CancellationToken cancellationToken) =>
        FindAsync(
            new GetReceiptRequest
            {
                LedgerId = settings.LedgerId,
                Idempotency = new IdempotencyLookup { OrganizationId = organizationId, IdempotencyKey = key },
            },
            cancellationToken);

    /// <summary>Finds the entry at a place in the order.</summary>
    /// <returns>The entry; null where none is logged.</returns>
    /// <exception cref="RpcException">The ledger did not answer.</exception>
    public Task<LedgerEntry?> FindAsync(ulong sequence, string ledgerId, CancellationToken cancellationToken) =>
        FindAsync(new GetReceiptRequest { LedgerId = ledgerId, Sequence = sequence }, cancellationToken);

    private async Task<LedgerEntry?> FindAsync(GetReceiptRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ledger.GetReceiptAsync(request, cancellationToken: cancellationToken);
            return LedgerEntry.Decode(answer.Receipt ?? new ReceiptProof());
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<LedgerEntry?> FindBeforeWritingAsync(LedgerIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(intent.Signer.OrganizationId, intent.Key, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            throw RichErrors.Unavailable("the ledger is away; this call wrote nothing; repeat it with the same idempotency key", RetryAfter);
        }
    }

    private DateTime SubmitDeadline(DateTime callerDeadline)
    {
        var own = time.GetUtcNow().UtcDateTime + gateway.Value.DownstreamDeadline;
        return callerDeadline - own < gateway.Value.AnswerMargin ? callerDeadline - gateway.Value.AnswerMargin : own;
    }

    private async Task<LedgerWrite> ReplayAsync(LedgerIntent intent, LedgerEntry earlier, CancellationToken cancellationToken)
    {
        var same = earlier.Receipt.Status == ReceiptStatus.Accepted
            ? intent.IsSameEntry(earlier.Receipt)
            : await CommandOfAsync(earlier.Receipt.Sequence, cancellationToken) is not { } command || intent.IsSameCommand(command);
        return same
            ? new LedgerWrite(earlier, Replayed: true)
            : throw RichErrors.AlreadyExists(
                "command",
                Convert.ToHexStringLower(intent.CallerKey.Span),
                "the idempotency key was used with another body; make a new key for a new operation");
    }

    // A rejected entry has no effects to compare; the command itself says what was wanted. Where the ledger does not
    // give it, the first answer stands: nothing was charged by it.
    private async Task<CommandPayload?> CommandOfAsync(ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            var request = new WatchEntriesRequest { LedgerId = settings.LedgerId, FromSequence = sequence, IncludeCommands = true };
            var deadline = time.GetUtcNow().UtcDateTime + gateway.Value.DownstreamDeadline;
            using var call = ledger.WatchEntries(request, deadline: deadline, cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                if (call.ResponseStream.Current.Entries.FirstOrDefault(entry => entry.Sequence == sequence) is { } entry)
                {
                    return entry.Command is null ? null : CommandPayload.Parser.ParseFrom(entry.Command.Payload);
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is RpcException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    // Before ordering the ledger says no in known ways; everything else leaves open whether it happened.
    private LedgerWrite Explain(RpcException exception, LedgerIntent intent)
    {
        switch (exception.StatusCode)
        {
            case StatusCode.ResourceExhausted when IsOfTheLedger(exception):
                throw RichErrors.ResourceExhausted("the ledger is overloaded; nothing was written; repeat with the same idempotency key", RetryAfter);
            case StatusCode.InvalidArgument or StatusCode.Unauthenticated or StatusCode.PermissionDenied
                or StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.Unimplemented:
                Log.Refused(logger, intent.Signer.OrganizationId, exception.StatusCode, exception.Status.Detail);
                throw RichErrors.FailedPrecondition(
                    "LEDGER_REFUSED",
                    $"organizations/{intent.Signer.OrganizationId}",
                    "the ledger does not take commands of this platform as it is set up now; nothing was written; tell the operator");
            default:
                Log.Unknown(logger, exception.StatusCode);
                return LedgerWrite.Unknown;
        }
    }

    // Without details the status was made on this side, for an answer that is longer than a client receives: the command may be in.
    private static bool IsOfTheLedger(RpcException exception) =>
        exception.GetRpcStatus() is { } status && (status.GetDetail<RetryInfo>() is not null || status.GetDetail<ErrorInfo>() is not null);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The ledger refused a command of {Organization} before ordering it ({Status}: {Detail}); check the keys, roles, Gateway:NetworkId and Gateway:LedgerId")]
        public static partial void Refused(ILogger logger, string organization, StatusCode status, string detail);

        [LoggerMessage(2, LogLevel.Warning, "The ledger did not answer a command ({Status}); its outcome is unknown until its key is asked for again")]
        public static partial void Unknown(ILogger logger, StatusCode status);
    }
}
