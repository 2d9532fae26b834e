using System.Text;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Receipts;
using KpGrpc.Client.Signing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.CrossLedger;

/// <summary>One of the two ledgers of a transfer: believes only receipts that are proven in its log. Thread-safe.</summary>
public sealed class CrossLedgerSide
{
    private readonly LedgerService.LedgerServiceClient ledger;
    private readonly LedgerClient client;
    private readonly CommandSigner signer;
    private readonly string logVkey;
    private readonly RetryLoop retry;
    private readonly LedgerClientOptions options;
    private readonly TimeProvider time;

    /// <summary>Names a ledger.</summary>
    /// <param name="channel">Channel to its server; stays the caller's to dispose.</param>
    /// <param name="signer">Signs its commands: on the sending ledger for who may debit the payer, on the receiving one for the owner of the counter-account.</param>
    /// <param name="logVkey">The log's verifier key, from a trusted place.</param>
    /// <param name="options">Deadline and tries of each call; null for the defaults.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <exception cref="ArgumentException">The verifier key is malformed.</exception>
    public CrossLedgerSide(ChannelBase channel, CommandSigner signer, string logVkey, LedgerClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(signer);
        LogOrigin = NoteVerifier.TryParse(logVkey, out var verifier, out var fault) ? verifier.Name : throw new ArgumentException(fault, nameof(logVkey));
        ledger = new LedgerService.LedgerServiceClient(channel);
        this.signer = signer;
        this.logVkey = logVkey;
        this.options = options ?? new LedgerClientOptions();
        this.time = time ?? TimeProvider.System;
        client = new LedgerClient(channel, this.options, this.time);
        retry = new RetryLoop(this.options, this.time);
    }

    /// <summary>Gets the ledger's id.</summary>
    internal string LedgerId => signer.LedgerId;

    /// <summary>Gets the origin of its log.</summary>
    internal string LogOrigin { get; }

    /// <summary>The receipt that a step has or now gets, accepted or rejected.</summary>
    internal async Task<ProvenReceipt> RunAsync(CrossLedgerTransfer transfer, CrossLedgerStep step, Action<CommandPayload> setBody, CancellationToken cancellationToken)
    {
        var key = transfer.KeyOf(step);
        if (await FindAsync(transfer, step, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return earlier;
        }

        var outcome = await client.SubmitAsync(signer.Sign(setBody, key), includeProof: true, cancellationToken).ConfigureAwait(false);
        if (outcome is CommandOutcome.Answered answered)
        {
            return Own(answered.Proof, key, step);
        }

        // Another run signed the same step at another moment, or the answer got lost: the first one ordered counts.
        return await FindAsync(transfer, step, cancellationToken).ConfigureAwait(false)
            ?? throw new StepUnknownException(step, outcome is CommandOutcome.NotOrdered refused ? refused.Status.Message : ((CommandOutcome.Unknown)outcome).Status.Message);
    }

    /// <summary>The receipt of a step; null where it has not been ordered so far.</summary>
    internal async Task<ProvenReceipt?> FindAsync(CrossLedgerTransfer transfer, CrossLedgerStep step, CancellationToken cancellationToken)
    {
        var key = transfer.KeyOf(step);
        var request = new GetReceiptRequest
        {
            LedgerId = LedgerId,
            Idempotency = new IdempotencyLookup { OrganizationId = signer.OrganizationId, IdempotencyKey = ByteString.CopyFrom(key) },
        };
        return await GetAsync(request, step, cancellationToken).ConfigureAwait(false) is { } proof ? Own(proof, key, step) : null;
    }

    /// <summary>The receipt that ended a hold, whoever submitted it.</summary>
    internal async Task<ProvenReceipt> FindEndAsync(string holdId, ulong placedAt, CrossLedgerStep step, CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (time.GetUtcNow() + options.Deadline).UtcDateTime;
            using var watch = ledger.WatchEntries(new WatchEntriesRequest { LedgerId = LedgerId, FromSequence = placedAt + 1 }, deadline: deadline, cancellationToken: cancellationToken);
            await foreach (var response in watch.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var entry in response.Entries)
                {
                    var seen = new ProvenReceipt(Receipt.Parser.ParseFrom(entry.Leaf), new ReceiptProof());
                    if (!seen.Captured(holdId) && !seen.Released(holdId))
                    {
                        continue;
                    }

                    var proof = await GetAsync(new GetReceiptRequest { LedgerId = LedgerId, Sequence = entry.Sequence }, step, cancellationToken).ConfigureAwait(false);
                    return Check(proof ?? throw new StepUnknownException(step, "The ledger sent an entry and has no receipt of it."), step);
                }
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidProtocolBufferException)
        {
            throw new StepUnknownException(step, exception.Message);
        }

        throw new StepUnknownException(step, $"The receipt that ended hold {holdId} was not found.");
    }

    private async Task<ReceiptProof?> GetAsync(GetReceiptRequest request, CrossLedgerStep step, CancellationToken cancellationToken)
    {
        var result = await retry.RunAsync(deadline => ledger.GetReceiptAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        return result.Response is { } response ? response.Receipt
            : result.Failure!.StatusCode == StatusCode.NotFound ? null
            : throw new StepUnknownException(step, result.Failure.Status.Detail);
    }

    private ProvenReceipt Own(ReceiptProof proof, byte[] key, CrossLedgerStep step)
    {
        var proven = Check(proof, step);
        return proven.Receipt.IdempotencyKey.Span.SequenceEqual(key) && proven.Receipt.OrganizationId == signer.OrganizationId
            ? proven
            : throw new StepUnknownException(step, "The ledger answered with the receipt of another command.");
    }

    private ProvenReceipt Check(ReceiptProof proof, CrossLedgerStep step) =>
        OfflineReceipt.Verify(proof.Leaf.Span, Encoding.UTF8.GetBytes(proof.TlogProof), logVkey) switch
        {
            OfflineReceipt.Verified verified when verified.Receipt.LedgerId == LedgerId && verified.Receipt.NetworkId == signer.NetworkId =>
                new ProvenReceipt(verified.Receipt, proof),
            OfflineReceipt.Refused refused => throw new StepUnknownException(step, refused.Message),
            _ => throw new StepUnknownException(step, "The receipt is of another ledger."),
        };
}
