using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Purchases;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>
/// Order of checks: shape, amount above 0 and its currency declared, id new, purchase known, submitter sold it, then as
/// <see cref="Refunding.Execute"/> states. Whoever spent the share must bring money in before the refund.
/// </summary>
internal sealed class RefundHandler() : CommandHandler<Refund>(CommandKind.Refund, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Refund body, CommandContext context)
    {
        var purchase = context.State.Purchases.Find(body.PurchaseId);
        return Shape.Id("refund_id", body.RefundId)
            ?? Shape.Id("purchase_id", body.PurchaseId)
            ?? Shape.OptionalId("reason_code", body.ReasonCode)
            ?? Refunding.CheckAmount(body.Amount, context)
            ?? Refunding.CheckNew("refund_id", body.RefundId, context)
            ?? Refunding.CheckKnown(purchase)
            ?? CheckSeller(purchase!, context)
            ?? Refunding.Execute(context, purchase!, body.RefundId, body.Amount, chargeback: false);
    }

    private static Rejection? CheckSeller(PurchaseRecord purchase, CommandContext context) =>
        string.Equals(purchase.PlatformOrganizationId, context.Submitter, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized, $"purchase_id: only the platform that sold it gives it back; let it submit this.");
}
