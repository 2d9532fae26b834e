using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.Gateway.Services;

/// <summary>Checks learners' requests against the ranges of the contract, all faults of a request at once.</summary>
internal static class Requests
{
    private const int CountMax = 100;
    private const int QueryCharsMax = 1_000;
    private const int RequestIdCharsMax = 64;
    private const int PaymentTokenCharsMax = 4_000;
    private const uint ExponentMax = 8;
    private const int CurrencyChars = 3;

    public static void Check(GetHomeRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.Require(request.Count <= CountMax, "count", $"must be 0 (which means 10) to {CountMax}");
        faults.RequireLanguage(request.LanguageTag);
        faults.ThrowIfAny();
    }

    public static void Check(GetProfileRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.RequireLanguage(request.LanguageTag);
        faults.RequireMask<LearnerProfile>(request.ReadMask);
        faults.ThrowIfAny();
    }

    public static void Check(SearchRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.Require(request.Query.Length <= QueryCharsMax, "query", $"must be at most {QueryCharsMax} characters");
        faults.RequireLanguage(request.LanguageTag);
        faults.RequirePage(request.PageSize);
        faults.RequireMask<WorkCard>(request.ReadMask);
        if (request.PriceMax is not null)
        {
            faults.RequireMoney("price_max", request.PriceMax, 0);
        }

        faults.ThrowIfAny();
    }

    public static void Check(PurchaseRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        faults.RequireId("learner_id", request.LearnerId);
        faults.RequireId("work_id", request.WorkId);
        faults.RequireMoney("expected_price", request.ExpectedPrice, 0);
        faults.Require(request.RequestId.Length <= RequestIdCharsMax, "request_id", $"must be at most {RequestIdCharsMax} characters");
        faults.ThrowIfAny();
    }

    public static void Check(TopUpRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        faults.RequireId("learner_id", request.LearnerId);
        faults.RequireMoney("amount", request.Amount, 1);
        faults.Require(request.ProviderId.Length == 0 || FieldRules.IsId(request.ProviderId), "provider_id", "must be empty or an id");
        faults.Require(request.PaymentToken.Length <= PaymentTokenCharsMax, "payment_token", $"must be at most {PaymentTokenCharsMax} characters");
        faults.ThrowIfAny();
    }

    public static void CheckTopUpBound(Money amount, long max)
    {
        var faults = new FieldViolations();
        faults.Require(amount.MinorUnits <= max, "amount.minor_units", $"must be at most {max}: pay larger amounts in several times");
        faults.ThrowIfAny();
    }

    public static void Check(GetReceiptRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.Require(request.LedgerId.Length == 0 || FieldRules.IsId(request.LedgerId), "ledger_id", "must be empty or an id");
        if (request.SelectorCase == GetReceiptRequest.SelectorOneofCase.IdempotencyKey)
        {
            faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        }
        else
        {
            faults.Require(request.SelectorCase != GetReceiptRequest.SelectorOneofCase.None, "selector", "set idempotency_key or sequence");
        }

        faults.ThrowIfAny();
    }

    public static void Check(GetWalletRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.ThrowIfAny();
    }

    public static void Check(GetLibraryRequest request)
    {
        var faults = new FieldViolations();
        faults.RequireId("learner_id", request.LearnerId);
        faults.RequireLanguage(request.LanguageTag);
        faults.RequirePage(request.PageSize);
        faults.ThrowIfAny();
    }

    private static void RequireLanguage(this FieldViolations faults, string tag) =>
        faults.Require(Languages.IsTag(tag), "language_tag", "must be empty or a BCP 47 tag such as en or zh-Hans");

    private static void RequirePage(this FieldViolations faults, uint size) =>
        faults.Require(size <= FieldRules.PageSizeMax, "page_size", $"must be 0 (which means {FieldRules.PageSizeDefault}) to {FieldRules.PageSizeMax}");

    private static void RequireMask<T>(this FieldViolations faults, FieldMask? mask)
        where T : IMessage =>
        faults.Require(mask is null || FieldMask.IsValid<T>(mask), "read_mask", $"must name fields of {typeof(T).Name}");

    private static void RequireMoney(this FieldViolations faults, string field, Money? money, long least)
    {
        if (money is null)
        {
            faults.Add(field, "is required");
            return;
        }

        faults.Require(money.MinorUnits >= least, $"{field}.minor_units", $"must be {least} to 2^63-1");
        faults.Require(
            money.CurrencyCode.Length == CurrencyChars && money.CurrencyCode.All(char.IsAsciiLetterUpper),
            $"{field}.currency_code",
            "must be an ISO 4217 code of three upper-case letters");
        faults.Require(money.Exponent <= ExponentMax, $"{field}.exponent", $"must be 0 to {ExponentMax}");
    }
}
