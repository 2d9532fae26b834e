using System.Text;

using Google.Protobuf;
using Google.Rpc;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Commands;

/// <summary>Sends gathered commands and settles each of them, whatever happens. Thread-safe.</summary>
/// <param name="ledger">Where to send.</param>
/// <param name="retry">How a call is tried again.</param>
/// <param name="signer">Signs what does not come signed; null for none.</param>
/// <param name="options">Bounds.</param>
internal sealed class CommandSender(LedgerService.LedgerServiceClient ledger, RetryLoop retry, CommandSigner? signer, CommandBatcherOptions options)
{
    /// <summary>Sends commands, those signed one by one in calls of their own. Never throws.</summary>
    /// <param name="gathered">The commands; those whose callers have cancelled are left out.</param>
    public async Task SendAsync(ReadOnlyMemory<PendingCommand> gathered)
    {
        var sent = gathered.ToArray().Where(pending => pending.TrySend()).ToList();
        foreach (var group in sent.GroupBy(pending => pending.Signed is null))
        {
            await SendInOrderAsync([.. group]).ConfigureAwait(false);
        }
    }

    private async Task SendInOrderAsync(List<PendingCommand> commands)
    {
        var first = 0;
        while (first < commands.Count)
        {
            var call = TakeCall(commands, first);
            first += call.Count;
            try
            {
                var request = RequestOf(call);
                var result = await retry.RunAsync(deadline => ledger.SubmitBatchAsync(request, deadline: deadline), CancellationToken.None).ConfigureAwait(false);
                for (var i = 0; i < call.Count; i++)
                {
                    call[i].Settle(OutcomeOf(call[i], result, i));
                }
            }
            catch (Exception exception)
            {
                // What had its outcome keeps it; for the rest nobody knows.
                var status = new Google.Rpc.Status { Code = (int)Code.Internal, Message = $"The client failed: {exception.Message}" };
                call.ForEach(pending => pending.Settle(new CommandOutcome.Unknown(pending.OrganizationId, pending.IdempotencyKey, status)));
            }
        }
    }

    private List<PendingCommand> TakeCall(List<PendingCommand> commands, int first)
    {
        var bytes = 0L;
        return [.. commands.Skip(first).TakeWhile((pending, i) => (bytes += pending.Payload.Length) <= options.BytesPerCallMax || i == 0)];
    }

    private SubmitBatchRequest RequestOf(List<PendingCommand> call)
    {
        var request = new SubmitBatchRequest { IncludeProof = options.IncludeProof };
        if (call[0].Signed is not null)
        {
            request.Commands.AddRange(call.Select(pending => pending.Signed!.Message));
        }
        else
        {
            request.Batch = signer!.SignPayloads([.. call.Select(pending => pending.Payload.ToArray())], [.. call.Select(pending => pending.IdempotencyKey)]).Message;
        }

        return request;
    }

    private static CommandOutcome OutcomeOf(PendingCommand pending, CallResult<SubmitBatchResponse> result, int position)
    {
        if (result.Response is not { } response)
        {
            return CommandOutcome.WithoutReceipt(pending.OrganizationId, pending.IdempotencyKey, RetryRules.StatusOf(result.Failure!), result.MaybeOrdered);
        }

        if (position >= response.Outcomes.Count)
        {
            return Garbled(pending, "it has no outcome for the command");
        }

        var outcome = response.Outcomes[position];
        if (outcome.Error is { } error)
        {
            return CommandOutcome.WithoutReceipt(pending.OrganizationId, pending.IdempotencyKey, error, result.MaybeOrdered);
        }

        var receipt = TryParse(outcome.Leaf);
        return receipt is not null && receipt.IdempotencyKey.Span.SequenceEqual(pending.IdempotencyKey.Span)
            ? new CommandOutcome.Answered(receipt, ProofOf(outcome, response.Checkpoint), outcome.Replayed)
            : Garbled(pending, "it holds no receipt of the command");
    }

    private static Receipt? TryParse(ByteString leaf)
    {
        try
        {
            return Receipt.Parser.ParseFrom(leaf);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static CommandOutcome.Unknown Garbled(PendingCommand pending, string fault) => new(
        pending.OrganizationId, pending.IdempotencyKey, new Google.Rpc.Status { Code = (int)Code.DataLoss, Message = $"The server's answer cannot be believed: {fault}." });

    private static ReceiptProof ProofOf(SubmitOutcome outcome, string checkpoint)
    {
        var proof = new ReceiptProof { Leaf = outcome.Leaf, LeafIndex = outcome.LeafIndex, Checkpoint = checkpoint, Hashes = { outcome.Hashes } };
        if (outcome.Hashes.Count is > 0 and <= TreeLimits.MaxInclusionHashes && outcome.Hashes.All(hash => hash.Length == Hash256.Size)
            && SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(checkpoint), out var signed, out _))
        {
            proof.TlogProof = new TlogProof(outcome.LeafIndex, [.. outcome.Hashes.Select(hash => new Hash256(hash.Span))], signed).ToString();
        }

        return proof;
    }
}
