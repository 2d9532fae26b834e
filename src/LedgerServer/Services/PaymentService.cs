using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Services.Postings;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Accounts, balances, purchases and statements, from the state that executes writes.</summary>
internal sealed class PaymentService(LedgerAccess access, StatementReader statements, PostingReader postings, TrialBalanceReader trials)
    : PaymentProto.PaymentService.PaymentServiceBase
{
    public override Task<PaymentProto.GetAccountResponse> GetAccount(PaymentProto.GetAccountRequest request, ServerCallContext context)
    {
        Require("account_id", request.AccountId);
        return access.ReadAsync(request.LedgerId, state =>
        {
            var account = Find(state, request.AccountId);
            return new PaymentProto.GetAccountResponse
            {
                Account = PaymentWire.ToProto(account.Account),
                Balance = Balances.ToProto(account.Account, account.Totals, LedgerAccess.AsOf(state)),
            };
        }, context);
    }

    public override Task<PaymentProto.ListAccountsResponse> ListAccounts(PaymentProto.ListAccountsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var owner = request.Owner is null ? null : PaymentWire.Owner(faults, "owner", request.Owner);
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListAccounts), owner, request.CurrencyCode, request.Kind);
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var (rows, next) = page.Take(owner is null ? state.Accounts.All : state.Accounts.OwnedBy(owner), row =>
                (request.CurrencyCode.Length == 0 || row.Account.CurrencyCode == request.CurrencyCode)
                && (request.Kind == PaymentProto.AccountKind.Unspecified || row.Account.Kind == (AccountKind)request.Kind));
            var response = new PaymentProto.ListAccountsResponse { NextPageToken = next };
            response.Accounts.AddRange(rows.Select(row => PaymentWire.ToProto(row.Account)));
            return response;
        }, context);
    }

    public override Task<PaymentProto.GetBalanceResponse> GetBalance(PaymentProto.GetBalanceRequest request, ServerCallContext context)
    {
        Require("account_id", request.AccountId);
        return postings.BalanceAsync(request, context);
    }

    public override Task<PaymentProto.GetHoldResponse> GetHold(PaymentProto.GetHoldRequest request, ServerCallContext context)
    {
        Require("hold_id", request.HoldId);
        return access.ReadAsync(
            request.LedgerId,
            state => state.Holds.Find(request.HoldId) is { } hold
                ? new PaymentProto.GetHoldResponse { Hold = HoldWire.ToProto(hold) }
                : throw RichErrors.NotFound("hold", request.HoldId, $"there is no hold {request.HoldId}"),
            context);
    }

    public override Task<PaymentProto.ListPostingsResponse> ListPostings(PaymentProto.ListPostingsRequest request, ServerCallContext context) =>
        postings.ListAsync(request, context);

    public override async Task<PaymentProto.GetPurchaseResponse> GetPurchase(PaymentProto.GetPurchaseRequest request, ServerCallContext context)
    {
        Require("purchase_id", request.PurchaseId);
        var (purchase, refunds, asOf) = await access.ReadAsync(
            request.LedgerId,
            state => (state.Purchases.Find(request.PurchaseId), state.Refunds.OfPurchase(request.PurchaseId).ToArray(), LedgerAccess.AsOf(state)),
            context);
        if (purchase is null)
        {
            throw RichErrors.NotFound("purchase", request.PurchaseId, $"there is no purchase {request.PurchaseId}");
        }

        var proto = PurchaseWire.ToProto(purchase, refunds);
        proto.LeafHash = WireValues.ToProto(StatementReader.LeafHash(access.Find(request.LedgerId), purchase.Sequence));
        return new PaymentProto.GetPurchaseResponse { Purchase = proto, AsOfSequence = asOf };
    }

    public override Task<PaymentProto.GetPoolResponse> GetPool(PaymentProto.GetPoolRequest request, ServerCallContext context) =>
        PoolQueries.GetPool(access, request, context);

    public override Task<PaymentProto.ListSettlementPeriodsResponse> ListSettlementPeriods(PaymentProto.ListSettlementPeriodsRequest request, ServerCallContext context) =>
        PoolQueries.ListPeriods(access, request, context);

    public override Task<PaymentProto.GetStatementResponse> GetStatement(PaymentProto.GetStatementRequest request, ServerCallContext context) =>
        statements.ReadAsync(request, context);

    public override Task<PaymentProto.GetTrialBalanceResponse> GetTrialBalance(PaymentProto.GetTrialBalanceRequest request, ServerCallContext context) =>
        trials.ReadAsync(request, context);

    private static AccountState Find(LedgerState state, string accountId) =>
        state.Accounts.Find(accountId) ?? throw RichErrors.NotFound("account", accountId, $"there is no account {accountId}");

    private static void Require(string field, string id)
    {
        var faults = new FieldViolations();
        faults.RequireId(field, id);
        faults.ThrowIfAny();
    }
}
