using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;
using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Subscription pools between the contract and the engine.</summary>
internal static class PoolWire
{
    public static OpenPool Decode(FieldViolations faults, PaymentProto.OpenPool body) => new()
    {
        PoolId = body.PoolId,
        AccountId = body.AccountId,
        CurrencyCode = body.CurrencyCode,
        Exponent = body.Exponent,
        Method = WireValues.Defined<PoolMethod>(faults, "open_pool.method", (int)body.Method),
        MemberOrganizationIds = [.. body.MemberOrganizationIds],
    };

    public static Subscribe Decode(FieldViolations faults, PaymentProto.Subscribe body) => new()
    {
        SubscriptionId = body.SubscriptionId,
        PoolId = body.PoolId,
        LearnerPseudonym = body.LearnerPseudonym,
        PayerAccountId = body.PayerAccountId,
        Amount = WireValues.Money(faults, "subscribe.amount", body.Amount),
        PeriodId = body.PeriodId,
    };

    public static RecordUsage Decode(PaymentProto.RecordUsage body) => new(
        body.PoolId, body.PeriodId, [.. body.Entries.Select(entry => new UsageEntry(entry.WorkId, entry.LearnerPseudonym, entry.Units))]);

    public static SettlePool Decode(FieldViolations faults, PaymentProto.SettlePool body) => new(
        body.PoolId,
        body.PeriodId,
        body.ExpectedAmount is null ? null : WireValues.Money(faults, "settle_pool.expected_amount", body.ExpectedAmount),
        body.CarryToPeriodId);

    public static PaymentProto.Pool ToProto(Pool pool)
    {
        var proto = new PaymentProto.Pool
        {
            PoolId = pool.PoolId,
            AccountId = pool.AccountId,
            CurrencyCode = pool.CurrencyCode,
            Exponent = pool.Exponent,
            Method = (PaymentProto.PoolMethod)pool.Method,
            OwnerOrganizationId = pool.OwnerOrganizationId,
            OpenedAtSequence = pool.OpenedAtSequence,
        };
        proto.MemberOrganizationIds.AddRange(pool.MemberOrganizationIds);
        return proto;
    }

    /// <param name="pool">The pool.</param>
    /// <param name="periodId">The period.</param>
    /// <param name="held">What it holds; null where nothing was paid or used.</param>
    public static PaymentProto.PoolHolding ToProto(Pool pool, string periodId, PoolPeriod? held) => new()
    {
        PeriodId = periodId,
        Paid = WireValues.ToProto(held?.Paid ?? 0, pool.CurrencyCode, pool.Exponent),
        Units = held?.Units ?? 0,
        Works = (uint)(held?.WorkCount ?? 0),
        WorksRemaining = (uint)((held?.WorkCount ?? 0) - (held?.SettledParts ?? 0)),
        Divided = held?.IsDivided ?? false,
    };

    public static LedgerProto.PoolFunded ToProto(PoolFunded funded) => new()
    {
        SubscriptionId = funded.SubscriptionId,
        PoolId = funded.PoolId,
        PeriodId = funded.PeriodId,
        Amount = WireValues.ToProto(funded.Amount),
    };

    public static LedgerProto.UsageRecorded ToProto(UsageRecorded usage) =>
        new() { PoolId = usage.PoolId, PeriodId = usage.PeriodId, Entries = usage.Entries, Units = usage.Units };

    public static LedgerProto.PoolSettled ToProto(PoolSettled settled) => new()
    {
        PoolId = settled.PoolId,
        PeriodId = settled.PeriodId,
        WorkId = settled.WorkId,
        Units = settled.Units,
        Split = AgreementWire.ToProto(settled.Split),
        WorksRemaining = settled.WorksRemaining,
    };

    public static LedgerProto.PoolCarried ToProto(PoolCarried carried) => new()
    {
        PoolId = carried.PoolId,
        FromPeriodId = carried.FromPeriodId,
        ToPeriodId = carried.ToPeriodId,
        Amount = WireValues.ToProto(carried.Amount),
        Payers = carried.Payers,
    };
}
