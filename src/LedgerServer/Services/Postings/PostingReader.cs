using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>Past balances and postings of one account: named by the state, read from its history in the store.</summary>
internal sealed class PostingReader(LedgerAccess access)
{
    public async Task<PaymentProto.GetBalanceResponse> BalanceAsync(PaymentProto.GetBalanceRequest request, ServerCallContext context)
    {
        var (name, totals, newest) = await access.ReadAsync(request.LedgerId, state =>
        {
            LedgerAccess.RequireCommitted(request.HasAsOfSequence ? request.AsOfSequence : null, state);
            var account = Find(state, request.AccountId);
            return (AccountName.Of(account), account.Totals, LedgerAccess.AsOf(state));
        }, context);
        var asOf = request.HasAsOfSequence ? request.AsOfSequence : newest;
        if (name.Account.OpenedAtSequence > asOf)
        {
            throw RichErrors.NotFound("account", request.AccountId, $"account {request.AccountId} was not open at sequence {asOf}");
        }

        var sums = asOf == newest ? totals : access.Find(request.LedgerId).History.TotalsAt(name, asOf);
        return new PaymentProto.GetBalanceResponse { Balance = Balances.ToProto(name.Account, sums, asOf) };
    }

    public async Task<PaymentProto.ListPostingsResponse> ListAsync(PaymentProto.ListPostingsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("account_id", request.AccountId);
        ulong? asked = request.HasToSequence ? request.ToSequence : null;
        var page = PlacePaging.Read(
            faults, request.PageSize, request.PageToken, request.FromSequence, nameof(PaymentProto.PaymentService.PaymentServiceBase.ListPostings), request.AccountId, request.FromSequence, asked);
        faults.ThrowIfAny();
        var (name, newest) = await access.ReadAsync(request.LedgerId, state =>
        {
            LedgerAccess.RequireCommitted(asked, state);
            return (AccountName.Of(Find(state, request.AccountId)), LedgerAccess.AsOf(state));
        }, context);
        var ledger = access.Find(request.LedgerId);
        var asOf = Math.Min(page.AsOf ?? newest, newest);
        var (rows, next) = page.Take(ledger.History.Postings([name], page.From, asked ?? asOf), asOf);
        var response = new PaymentProto.ListPostingsResponse { NextPageToken = next };
        response.Postings.AddRange(rows.Select(row => new PaymentProto.PostingRecord
        {
            Sequence = row.Sequence,
            EffectIndex = row.EffectIndex,
            OrderedAt = WireValues.ToTimestamp(row.OrderedAtMicros),
            Posting = PaymentWire.ToProto(row.Posting),
            LeafHash = WireValues.ToProto(StatementReader.LeafHash(ledger, row.Sequence)),
        }));
        return response;
    }

    private static AccountState Find(LedgerState state, string accountId) =>
        state.Accounts.Find(accountId) ?? throw RichErrors.NotFound("account", accountId, $"there is no account {accountId}");
}
