using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>
/// Order of checks: shape, amount above 0 and its currency declared, id new, purchase known, external reference new for the
/// provider's chargebacks, then as <see cref="Refunding.Execute"/> states; of the limits only the range of sums holds,
/// because the money has already been taken back outside.
/// </summary>
internal sealed class ChargebackHandler()
    : CommandHandler<Chargeback>(CommandKind.Chargeback, RoleSet.Of(Role.PaymentProvider))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Chargeback body, CommandContext context)
    {
        var purchase = context.State.Purchases.Find(body.PurchaseId);
        var rejection = Shape.Id("chargeback_id", body.ChargebackId)
            ?? Shape.Id("purchase_id", body.PurchaseId)
            ?? Shape.Id("external_reference", body.ExternalReference)
            ?? Refunding.CheckAmount(body.Amount, context)
            ?? Refunding.CheckNew("chargeback_id", body.ChargebackId, context)
            ?? Refunding.CheckKnown(purchase)
            ?? CheckReference(body, context)
            ?? Refunding.Execute(context, purchase!, body.ChargebackId, body.Amount, chargeback: true);
        if (rejection is null)
        {
            context.State.Accounts.UseReference(context.Submitter, ReferenceOf(body));
        }

        return rejection;
    }

    private static Rejection? CheckReference(Chargeback body, CommandContext context) =>
        context.State.Accounts.IsReferenceUsed(context.Submitter, ReferenceOf(body))
            ? Rejection.Because(
                RejectionReason.ExternalReferenceUsed,
                $"external_reference: {context.Submitter} used it before; each chargeback has its own, check for a double.")
            : null;

    // Kept apart from those of deposits and payouts by a character that no id has.
    private static string ReferenceOf(Chargeback body) => "chargeback " + body.ExternalReference;
}
