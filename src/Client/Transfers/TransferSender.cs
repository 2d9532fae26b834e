using Google.Rpc;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>
/// Sends gathered transfers: encodes them into commands, signs a call's commands once, and settles every transfer by the
/// receipt of its command, whatever happens. Thread-safe; a sender's encoders and readers are used again.
/// </summary>
/// <param name="ledger">Where to send.</param>
/// <param name="retry">How a call is tried again.</param>
/// <param name="signer">Signs the calls.</param>
/// <param name="options">Currency and bounds.</param>
internal sealed class TransferSender(LedgerService.LedgerServiceClient ledger, RetryLoop retry, CommandSigner signer, TransferBatcherOptions options)
{
    private readonly Stack<TransferCoder> coders = new();

    /// <summary>Sends transfers in their order, in as many calls as they need one after another. Never throws.</summary>
    /// <param name="gathered">The transfers; those whose callers have cancelled are left out.</param>
    public async Task SendAsync(ReadOnlyMemory<PendingTransfer> gathered)
    {
        var sent = LeaveOutCancelled(gathered);
        var coder = RentCoder();
        var settled = 0;
        try
        {
            while (settled < sent.Length)
            {
                var commands = coder.Encode(sent[settled..], signer, options.CommandsPerCallMax);
                var result = await CallAsync(commands).ConfigureAwait(false);
                for (var i = 0; i < commands.Count; i++)
                {
                    // Counted first: a settled transfer may already be another one, used again by its caller.
                    settled += commands[i].Transfers.Length;
                    Settle(coder.Reader, commands[i], result, i);
                }
            }
        }
        catch (Exception exception)
        {
            var status = new Status { Code = (int)Code.Internal, Message = $"The client failed: {exception.Message}" };
            SettleAll(sent[settled..].Span, TransferStatus.Unknown, status);
        }

        ReturnCoder(coder);
    }

    private static ReadOnlyMemory<PendingTransfer> LeaveOutCancelled(ReadOnlyMemory<PendingTransfer> gathered)
    {
        var sent = new PendingTransfer[gathered.Length];
        var count = 0;
        foreach (var pending in gathered.Span)
        {
            if (pending.TrySend())
            {
                sent[count++] = pending;
            }
        }

        return sent.AsMemory(0, count);
    }

    private Task<CallResult<SubmitBatchResponse>> CallAsync(List<TransferCommand> commands)
    {
        var batch = signer.SignPayloads([.. commands.Select(command => command.Payload)], [.. commands.Select(command => command.IdempotencyKey)]);
        var request = new SubmitBatchRequest { Batch = batch.Message, IncludeProof = options.IncludeProof };
        return retry.RunAsync(deadline => ledger.SubmitBatchAsync(request, deadline: deadline), CancellationToken.None);
    }

    private static void Settle(TransferReceiptReader reader, TransferCommand command, CallResult<SubmitBatchResponse> result, int position)
    {
        if (result.Response is not { } response)
        {
            SettleWithoutReceipt(command, RetryRules.StatusOf(result.Failure!), result.MaybeOrdered);
        }
        else if (position >= response.Outcomes.Count)
        {
            SettleWithoutReceipt(command, Garbled("it has no outcome for the command"), maybeOrdered: true);
        }
        else if (response.Outcomes[position] is { Error: { } error })
        {
            SettleWithoutReceipt(command, error, result.MaybeOrdered);
        }
        else
        {
            SettleByReceipt(reader, command, new TransferReceipt(response.Outcomes[position], command.IdempotencyKey, response.Checkpoint));
        }
    }

    private static void SettleByReceipt(TransferReceiptReader reader, TransferCommand command, TransferReceipt receipt)
    {
        var transfers = command.Transfers.Span;
        if (reader.Read(receipt.Leaf.Span, command.IdempotencyKey.Span, transfers) is { } fault)
        {
            SettleAll(transfers, TransferStatus.Unknown, Garbled(fault));
            return;
        }

        var (sequence, rejected) = (reader.Sequence, reader.Rejected);
        var error = rejected == RejectionReason.Unspecified ? null : new Status { Code = (int)Code.FailedPrecondition, Message = reader.Message };
        for (var i = 0; i < transfers.Length; i++)
        {
            var own = rejected == RejectionReason.Unspecified ? reader.Results[i] : new TransferResult(rejected, null);
            transfers[i].Settle(new TransferOutcome
            {
                Status = error is not null ? TransferStatus.Rejected : own.Refused == RejectionReason.Unspecified ? TransferStatus.Made : TransferStatus.Refused,
                Id = transfers[i].Transfer.Id,
                Sequence = own.FirstSequence ?? sequence,
                Index = i,
                Repeated = own.FirstSequence is not null,
                Reason = own.Refused,
                Receipt = receipt,
                Error = error,
            });
        }
    }

    private static void SettleWithoutReceipt(TransferCommand command, Status status, bool maybeOrdered) =>
        SettleAll(command.Transfers.Span, maybeOrdered ? TransferStatus.Unknown : TransferStatus.NotOrdered, status);

    private static void SettleAll(ReadOnlySpan<PendingTransfer> transfers, TransferStatus outcome, Status status)
    {
        foreach (var pending in transfers)
        {
            pending.Settle(new TransferOutcome { Status = outcome, Id = pending.Transfer.Id, Error = status });
        }
    }

    private static Status Garbled(string fault) => new() { Code = (int)Code.DataLoss, Message = $"The server's answer cannot be believed: {fault}." };

    private TransferCoder RentCoder()
    {
        lock (coders)
        {
            return coders.TryPop(out var coder) ? coder : new TransferCoder(signer, options);
        }
    }

    private void ReturnCoder(TransferCoder coder)
    {
        lock (coders)
        {
            coders.Push(coder);
        }
    }
}
