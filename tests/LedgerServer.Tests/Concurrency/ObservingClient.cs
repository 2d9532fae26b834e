using System.Collections.Concurrent;
using System.Diagnostics;

using Grpc.Core;
using Grpc.Net.Client;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Validation;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>Calls a server over gRPC, once each, and notes what was asked when and what was answered when.</summary>
internal sealed class ObservingClient(GrpcChannel channel, int client, ConcurrentQueue<Observed> history)
{
    private readonly LedgerService.LedgerServiceClient ledger = new(channel);
    private readonly PaymentService.PaymentServiceClient payments = new(channel);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Submits a command that must be answered with a receipt.</summary>
    /// <returns>Its place.</returns>
    public async Task<ulong> SubmitAsync(PreparedCommand command)
    {
        var invoked = Stopwatch.GetTimestamp();
        var response = await ledger.SubmitAsync(new SubmitRequest { Command = command.Message }, cancellationToken: Stop).ResponseAsync.WithinAsync("a receipt");
        var answered = Stopwatch.GetTimestamp();
        var receipt = Protos.Ledger.V1.Receipt.Parser.ParseFrom(response.Receipt.Leaf);
        var orderedAt = WireValues.Micros(new FieldViolations(), "ordered_at", receipt.OrderedAt)!.Value;
        history.Enqueue(new ObservedWrite(
            client, invoked, answered, receipt.Sequence, Decode(command), orderedAt, (LedgerServer.Execution.RejectionReason)receipt.RejectionReason, response.Replayed));
        return receipt.Sequence;
    }

    /// <summary>Submits a command under a key that stands for another one; the answer must say so.</summary>
    public async Task SubmitConflictAsync(PreparedCommand command)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => ledger.SubmitAsync(new SubmitRequest { Command = command.Message }, cancellationToken: Stop).ResponseAsync.WithinAsync("a refusal"));
        Assert.Equal(StatusCode.AlreadyExists, error.StatusCode);
    }

    /// <summary>Reads a balance as it is, or as it was.</summary>
    public async Task ReadBalanceAsync(string accountId, ulong? asOf)
    {
        var request = new GetBalanceRequest { AccountId = accountId };
        if (asOf is { } past)
        {
            request.AsOfSequence = past;
        }

        var invoked = Stopwatch.GetTimestamp();
        var balance = (await payments.GetBalanceAsync(request, cancellationToken: Stop).ResponseAsync.WithinAsync("a balance")).Balance;
        var answer = ModelAnswers.Sums(
            balance.DebitsPosted.MinorUnits, balance.CreditsPosted.MinorUnits, balance.DebitsHeld.MinorUnits, balance.CreditsHeld.MinorUnits);
        Note(invoked, balance.AsOfSequence, ModelAnswers.Balance(accountId), answer, asOf is not null);
    }

    /// <summary>Reads what of a purchase was given back; one that is not there says nothing about a place.</summary>
    public async Task ReadPurchaseAsync(string purchaseId)
    {
        var invoked = Stopwatch.GetTimestamp();
        try
        {
            var response = await payments.GetPurchaseAsync(new() { PurchaseId = purchaseId }, cancellationToken: Stop).ResponseAsync.WithinAsync("a purchase");
            var refunded = response.Purchase.Refunds.Sum(refund => refund.Split.Amount.MinorUnits);
            Note(invoked, response.AsOfSequence, ModelAnswers.Refunded(purchaseId), $"{refunded}");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
        }
    }

    /// <summary>Reads the sums of all accounts.</summary>
    public async Task ReadTrialAsync()
    {
        var invoked = Stopwatch.GetTimestamp();
        var trial = await payments.GetTrialBalanceAsync(new(), cancellationToken: Stop).ResponseAsync.WithinAsync("the trial balance");
        var line = Assert.Single(trial.Lines);
        Note(
            invoked,
            trial.AsOfSequence,
            ModelAnswers.Trial,
            ModelAnswers.Sums(line.DebitsPosted.MinorUnits, line.CreditsPosted.MinorUnits, line.DebitsHeld.MinorUnits, line.CreditsHeld.MinorUnits));
    }

    private static Command Decode(PreparedCommand command)
    {
        var payload = command.Message.Payload.ToByteArray();
        var decoded = PayloadDecoder.Decode(payload, new FieldViolations());
        return CommandDecoder.ToCommand(decoded!, payload, command.Message.KeyId, command.Message.Signature.Span);
    }

    private void Note(long invoked, ulong sequence, string question, string answer, bool isPast = false) =>
        history.Enqueue(new ObservedRead(client, invoked, Stopwatch.GetTimestamp(), sequence, question, answer, isPast));
}
