using Grpc.Core;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>The write path of <see cref="FakeLedger"/>.</summary>
public sealed class FakeLedgerService(FakeLedger ledger) : LedgerService.LedgerServiceBase
{
    public override async Task<SubmitResponse> Submit(SubmitRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        if (ledger.FailSubmit is { } failure)
        {
            throw failure;
        }

        var (receipt, replayed) = ledger.Execute(request.Command);
        if (ledger.HoldAnswers is { } hold)
        {
            await hold.Task.WaitAsync(context.CancellationToken);
        }

        return new SubmitResponse { Receipt = ledger.Prove(receipt), Replayed = replayed };
    }

    public override Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        var receipt = request.LookupCase == GetReceiptRequest.LookupOneofCase.Sequence
            ? ledger.Entries.ElementAtOrDefault((int)request.Sequence).Receipt
            : ledger.Find(request.Idempotency.OrganizationId, request.Idempotency.IdempotencyKey);
        return receipt is null
            ? throw new RpcException(new Status(StatusCode.NotFound, "no such command"))
            : Task.FromResult(new GetReceiptResponse { Receipt = ledger.Prove(receipt) });
    }

    public override async Task WatchEntries(WatchEntriesRequest request, IServerStreamWriter<WatchEntriesResponse> responseStream, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        foreach (var (receipt, command) in ledger.Entries.Skip((int)request.FromSequence).ToArray())
        {
            await responseStream.WriteAsync(new WatchEntriesResponse { Entries = { new Entry { Sequence = receipt.Sequence, Command = command } } }, context.CancellationToken);
        }
    }

    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        return Task.FromResult(new GetStatusResponse { LedgerId = request.LedgerId, LogVerifierKey = "fake.example/log+00000000+AAAA" });
    }
}
