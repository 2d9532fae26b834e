using Grpc.Core;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;
using PaymentProto = KpGrpc.Protos.Payment.V1;
using Period = KpGrpc.Protos.Payment.V1.GetStatementRequest.PeriodOneofCase;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>Statements of an organisation over its accounts of one currency; each line points to the receipt that proves it.</summary>
internal sealed class StatementReader(LedgerAccess access)
{
    public async Task<PaymentProto.GetStatementResponse> ReadAsync(PaymentProto.GetStatementRequest request, ServerCallContext context)
    {
        var page = Check(request);
        var scope = await access.ReadAsync(request.LedgerId, state => Scope(state, request, page), context);
        return Read(access.Find(request.LedgerId), scope, page);
    }

    /// <summary>RFC 6962 leaf hash of a durable receipt.</summary>
    public static Hash256 LeafHash(LedgerNode ledger, ulong sequence)
    {
        Span<Hash256> hash = [default];
        ledger.Store.ReadNodes([new NodeAddress(0, sequence)], hash);
        return hash[0];
    }

    private static PlacePaging Check(PaymentProto.GetStatementRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        faults.Require(request.CurrencyCode.Length == 3, "currency_code", "must be an ISO 4217 code");
        faults.Require(request.PeriodCase != Period.None, "period", "is required: a settlement period or a range of sequences");
        var page = PlacePaging.Read(
            faults, request.PageSize, request.PageToken, request.Sequences?.FromSequence ?? 0, nameof(PaymentProto.PaymentService.PaymentServiceBase.GetStatement), request.OrganizationId, request.CurrencyCode, request.PeriodCase, request.PeriodId, request.Sequences);
        faults.ThrowIfAny();
        return page;
    }

    // What a statement is about, taken from the state; the rest stands in the store and never changes.
    private static StatementScope Scope(LedgerState state, PaymentProto.GetStatementRequest request, PlacePaging page)
    {
        if (state.Membership.FindOrganization(request.OrganizationId) is null)
        {
            throw RichErrors.NotFound("organization", request.OrganizationId, $"{request.OrganizationId} is not a member");
        }

        var currency = state.Currencies.Find(request.CurrencyCode)
            ?? throw RichErrors.NotFound("currency", request.CurrencyCode, $"{request.CurrencyCode} is not declared on this ledger");
        var newest = LedgerAccess.AsOf(state);
        var asOf = Math.Min(page.AsOf ?? newest, newest);
        if (request.PeriodCase == Period.PeriodId)
        {
            return PeriodStatements.Read(state, request, currency, asOf);
        }

        ulong? to = request.Sequences.HasToSequence ? request.Sequences.ToSequence : null;
        LedgerAccess.RequireCommitted(to, state);
        var accounts = state.Accounts.OwnedBy(AccountOwner.Organization(request.OrganizationId))
            .Where(account => account.Account.CurrencyCode == request.CurrencyCode)
            .Select(AccountName.Of)
            .ToArray();
        return new StatementScope(accounts, currency, request.Sequences.FromSequence, to ?? asOf, asOf);
    }

    private static PaymentProto.GetStatementResponse Read(LedgerNode ledger, StatementScope scope, PlacePaging page)
    {
        var counted = ledger.History.Postings(scope.Accounts, page.At(scope.From), scope.To)
            .Where(line => line.Posting.State == PostingState.Posted && scope.Period?.Range.Contains(line.Sequence) != false);
        var (rows, next) = page.Take(counted, scope.AsOf);
        var response = scope.Period?.Totals ?? Totals(ledger, scope);
        response.AsOfSequence = scope.AsOf;
        response.NextPageToken = next;
        response.Lines.AddRange(rows.Select(row => Line(ledger, row)));
        return response;
    }

    private static PaymentProto.GetStatementResponse Totals(LedgerNode ledger, StatementScope scope)
    {
        var (debits, credits, opening) = (Int128.Zero, Int128.Zero, Int128.Zero);
        foreach (var (before, after) in ledger.History.TotalsAround(scope.Accounts, Math.Min(scope.From, scope.To + 1), scope.To))
        {
            opening += (Int128)before.CreditsPosted - (Int128)before.DebitsPosted;
            debits += (Int128)(after.DebitsPosted - before.DebitsPosted);
            credits += (Int128)(after.CreditsPosted - before.CreditsPosted);
        }

        var (code, exponent) = (scope.Currency.CurrencyCode, scope.Currency.Exponent);
        return new PaymentProto.GetStatementResponse
        {
            OpeningBalance = Money(opening, code, exponent),
            Debits = Money(debits, code, exponent),
            Credits = Money(credits, code, exponent),
            ClosingBalance = Money(opening + credits - debits, code, exponent),
        };
    }

    // Sums over several accounts may exceed one Money; they then read as its greatest or least value.
    internal static TypeProto.Money Money(Int128 sum, string currency, uint exponent) =>
        WireValues.ToProto((long)Int128.Clamp(sum, -long.MaxValue, long.MaxValue), currency, exponent);

    private static PaymentProto.StatementLine Line(LedgerNode ledger, AccountPosting posting) => new()
    {
        Sequence = posting.Sequence,
        EffectIndex = posting.EffectIndex,
        OrderedAt = WireValues.ToTimestamp(posting.OrderedAtMicros),
        AccountId = posting.Posting.AccountId,
        Direction = (PaymentProto.Direction)posting.Posting.Direction,
        Amount = WireValues.ToProto(posting.Posting.Amount),
        Reason = (PaymentProto.PostingReason)posting.Posting.Reason,
        ReferenceId = posting.ReferenceId,
        WorkId = posting.WorkId,
        AgreementId = posting.AgreementId,
        AgreementVersion = posting.AgreementVersion,
        LeafHash = WireValues.ToProto(LeafHash(ledger, posting.Sequence)),
    };
}
