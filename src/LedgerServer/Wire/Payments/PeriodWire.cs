using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Settlement periods between the contract and the engine.</summary>
internal static class PeriodWire
{
    public static OpenSettlementPeriod Decode(FieldViolations faults, PaymentProto.OpenSettlementPeriod body)
    {
        faults.Require(body.StartsAt is not null, "open_settlement_period.starts_at", "is required");
        faults.Require(body.EndsAt is not null, "open_settlement_period.ends_at", "is required");
        return new OpenSettlementPeriod(
            body.PeriodId,
            WireValues.Micros(faults, "open_settlement_period.starts_at", body.StartsAt) ?? 0,
            WireValues.Micros(faults, "open_settlement_period.ends_at", body.EndsAt) ?? 0);
    }

    public static PaymentProto.SettlementPeriod ToProto(SettlementPeriod period)
    {
        var proto = new PaymentProto.SettlementPeriod
        {
            PeriodId = period.PeriodId,
            StartsAt = WireValues.ToTimestamp(period.StartsAtMicros),
            EndsAt = WireValues.ToTimestamp(period.EndsAtMicros),
            OpenedAtSequence = period.OpenedAtSequence,
            Statements = (uint)period.Statements.Count,
        };
        if (period.ClosedAtSequence is { } closed)
        {
            proto.ClosedAtSequence = closed;
            proto.StatementsRoot = WireValues.ToProto(period.StatementsRoot);
        }

        return proto;
    }

    public static CloseSettlementPeriod Decode(PaymentProto.CloseSettlementPeriod body) => new(body.PeriodId);
}
