using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Refunds;

using DomainMoney = KpGrpc.LedgerServer.Execution.Money;
using LedgerProto = KpGrpc.Protos.Ledger.V1;
using PaymentProto = KpGrpc.Protos.Payment.V1;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Refunds and chargebacks between the contract and the engine.</summary>
internal static class RefundWire
{
    public static Refund Decode(PaymentProto.Refund body) => new()
    {
        RefundId = body.RefundId,
        PurchaseId = body.PurchaseId,
        Amount = Money(body.Amount),
        ReasonCode = body.ReasonCode,
    };

    public static Chargeback Decode(PaymentProto.Chargeback body) => new()
    {
        ChargebackId = body.ChargebackId,
        PurchaseId = body.PurchaseId,
        Amount = Money(body.Amount),
        ExternalReference = body.ExternalReference,
    };

    public static LedgerProto.PurchaseRefunded ToProto(PurchaseRefunded refunded) => new()
    {
        RefundId = refunded.RefundId,
        PurchaseId = refunded.PurchaseId,
        Chargeback = refunded.Chargeback,
        Split = AgreementWire.ToProto(refunded.Split),
        Remaining = WireValues.ToProto(refunded.Remaining),
    };

    private static DomainMoney? Money(TypeProto.Money? money) =>
        money is null ? null : new DomainMoney(money.MinorUnits, money.CurrencyCode, money.Exponent);
}
