using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;
using Period = KpGrpc.Protos.Payment.V1.GetStatementRequest.PeriodOneofCase;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Statements of an organisation over its accounts of one currency; each line points to the receipt that proves it.</summary>
internal sealed class StatementReader(LedgerAccess access)
{
    public async Task<PaymentProto.GetStatementResponse> ReadAsync(PaymentProto.GetStatementRequest request, ServerCallContext context)
    {
        var page = Check(request);
        var response = await access.ReadAsync(request.LedgerId, state => Read(state, request, page), context);
        var ledger = access.Find(request.LedgerId);
        foreach (var line in response.Lines)
        {
            line.LeafHash = WireValues.ToProto(LeafHash(ledger, line.Sequence));
        }

        return response;
    }

    /// <summary>RFC 6962 leaf hash of a durable receipt.</summary>
    public static Hash256 LeafHash(LedgerNode ledger, ulong sequence)
    {
        Span<Hash256> hash = [default];
        ledger.Store.ReadNodes([new NodeAddress(0, sequence)], hash);
        return hash[0];
    }

    private static Paging Check(PaymentProto.GetStatementRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("organization_id", request.OrganizationId);
        faults.Require(request.CurrencyCode.Length == 3, "currency_code", "must be an ISO 4217 code");
        faults.Require(request.PeriodCase != Period.None, "period", "is required: a settlement period or a range of sequences");
        var page = Paging.Read(
            faults, request.PageSize, request.PageToken, nameof(PaymentProto.PaymentService.PaymentServiceBase.GetStatement), request.OrganizationId, request.CurrencyCode, request.PeriodCase, request.PeriodId, request.Sequences);
        faults.ThrowIfAny();
        return page;
    }

    private static PaymentProto.GetStatementResponse Read(LedgerState state, PaymentProto.GetStatementRequest request, Paging page)
    {
        if (state.Membership.FindOrganization(request.OrganizationId) is null)
        {
            throw RichErrors.NotFound("organization", request.OrganizationId, $"{request.OrganizationId} is not a member");
        }

        var currency = state.Currencies.Find(request.CurrencyCode)
            ?? throw RichErrors.NotFound("currency", request.CurrencyCode, $"{request.CurrencyCode} is not declared on this ledger");
        if (request.PeriodCase == Period.PeriodId)
        {
            return PeriodStatements.Read(state, request, currency.Exponent, page);
        }

        LedgerAccess.RequireCommitted(request.Sequences.HasToSequence ? request.Sequences.ToSequence : null, state);
        var (from, to) = (request.Sequences.FromSequence, request.Sequences.HasToSequence ? request.Sequences.ToSequence : LedgerAccess.AsOf(state));
        var postings = state.Accounts.OwnedBy(AccountOwner.Organization(request.OrganizationId))
            .Where(account => account.Account.CurrencyCode == request.CurrencyCode)
            .SelectMany(account => account.Postings)
            .Where(posting => posting.Sequence <= to && posting.Posting.State == PostingState.Posted)
            .OrderBy(posting => posting.Sequence).ThenBy(posting => posting.EffectIndex)
            .ToArray();
        var before = postings.TakeWhile(posting => posting.Sequence < from).ToArray();
        var lines = postings[before.Length..];
        var (debits, credits) = (Sum(lines, Direction.Debit), Sum(lines, Direction.Credit));
        var opening = Sum(before, Direction.Credit) - Sum(before, Direction.Debit);
        var (rows, next) = page.Take(lines, _ => true);
        var response = new PaymentProto.GetStatementResponse
        {
            OpeningBalance = Money(opening, request.CurrencyCode, currency.Exponent),
            Debits = Money(debits, request.CurrencyCode, currency.Exponent),
            Credits = Money(credits, request.CurrencyCode, currency.Exponent),
            ClosingBalance = Money(opening + credits - debits, request.CurrencyCode, currency.Exponent),
            AsOfSequence = LedgerAccess.AsOf(state),
            NextPageToken = next,
        };
        response.Lines.AddRange(rows.Select(Line));
        return response;
    }

    private static Int128 Sum(IEnumerable<AccountPosting> postings, Direction direction) =>
        postings.Where(posting => posting.Posting.Direction == direction)
            .Aggregate(Int128.Zero, (sum, posting) => sum + posting.Posting.Amount.MinorUnits);

    // Sums over several accounts may exceed one Money; they then read as its greatest or least value.
    internal static TypeProto.Money Money(Int128 sum, string currency, uint exponent) =>
        WireValues.ToProto((long)Int128.Clamp(sum, -long.MaxValue, long.MaxValue), currency, exponent);

    /// <summary>A line without its leaf hash, which is read from the store.</summary>
    public static PaymentProto.StatementLine Line(AccountPosting posting) => new()
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
    };
}
