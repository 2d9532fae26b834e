using Grpc.Core;

using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>Accounts of <see cref="FakeLedger"/>.</summary>
public sealed class FakePaymentService(FakeLedger ledger) : PaymentService.PaymentServiceBase
{
    public override Task<GetAccountResponse> GetAccount(GetAccountRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        return ledger.Balances.TryGetValue(request.AccountId, out var balance)
            ? Task.FromResult(new GetAccountResponse
            {
                Account = ToAccount(request.AccountId),
                Balance = new Balance { AccountId = request.AccountId, CreditsPosted = FakeLedger.Yuan(balance), DebitsPosted = FakeLedger.Yuan(0), AsOfSequence = 7 },
            })
            : throw new RpcException(new Status(StatusCode.NotFound, "no such account"));
    }

    public override Task<ListAccountsResponse> ListAccounts(ListAccountsRequest request, ServerCallContext context)
    {
        ledger.ThrowIfAway();
        var answer = new ListAccountsResponse();
        answer.Accounts.Add(ledger.Balances.Keys.Where(id => id.Contains(request.Owner.LearnerPseudonym, StringComparison.Ordinal)).Select(ToAccount));
        return Task.FromResult(answer);
    }

    public override Task<GetPurchaseResponse> GetPurchase(GetPurchaseRequest request, ServerCallContext context) =>
        Task.FromResult(new GetPurchaseResponse { Purchase = new PurchaseRecord { PurchaseId = request.PurchaseId, Price = FakeLedger.Yuan(1_000) } });

    public override Task<GetStatementResponse> GetStatement(GetStatementRequest request, ServerCallContext context) =>
        Task.FromResult(new GetStatementResponse { Credits = FakeLedger.Yuan(1_000), AsOfSequence = 7 });

    private static Account ToAccount(string id) => new() { AccountId = id, CurrencyCode = "CNY", Exponent = 2 };
}
