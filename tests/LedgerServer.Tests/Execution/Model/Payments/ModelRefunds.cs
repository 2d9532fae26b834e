using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Refunds and chargebacks of the reference model.</summary>
internal sealed class ModelRefunds(ModelState state, ModelBook book)
{
    public string? Refund(string by, Refund body, long now) => !state.Has(by, "Platform")
        ? "RoleMissing"
        : AmountReason(body.Amount)
            ?? First(
                (() => state.RefundIds.Contains(body.RefundId), "AlreadyExists"),
                (() => !state.Sales.ContainsKey(body.PurchaseId), "UnknownPurchase"),
                (() => state.Sales[body.PurchaseId].Platform != by, "NotAuthorized"))
            ?? GiveBack(body.PurchaseId, body.RefundId, body.Amount, false, now);

    public string? ChargeBack(string by, Chargeback body, long now)
    {
        var reference = "back " + by + " " + body.ExternalReference;
        var reason = !state.Has(by, "PaymentProvider")
            ? "RoleMissing"
            : AmountReason(body.Amount)
                ?? First(
                    (() => state.RefundIds.Contains(body.ChargebackId), "AlreadyExists"),
                    (() => !state.Sales.ContainsKey(body.PurchaseId), "UnknownPurchase"),
                    (() => state.References.Contains(reference), "ExternalReferenceUsed"))
                ?? GiveBack(body.PurchaseId, body.ChargebackId, body.Amount, true, now);
        if (reason is null)
        {
            state.References.Add(reference);
        }

        return reason;
    }

    private string? GiveBack(string purchaseId, string id, Money? asked, bool forced, long now)
    {
        var sale = state.Sales[purchaseId];
        var units = asked?.MinorUnits ?? sale.Left;
        var reason = First(
            (() => asked is { } money && money.CurrencyCode != sale.Currency, "CurrencyMismatch"),
            (() => units > sale.Left || (sale.Left == 0 && sale.GivenBack), "RefundExceedsRemaining"));
        if (reason is not null)
        {
            return reason;
        }

        var parts = Divide(units, sale.Remaining);
        if (parts.Where((part, i) => part > 0 && sale.Frozen[i] is { } frozen && PaidTo(frozen) is null).Any())
        {
            return "RevenueFrozen";
        }

        var lines = parts.Select((part, i) => (part, Account: sale.Frozen[i] is { } frozen && part > 0
                ? state.Accounts[$"revenue/{PaidTo(frozen)}/{sale.Currency}"]
                : sale.Received[i].Account)).Where(line => line.part > 0)
            .Select(line => new ModelLine(line.Account!, true, line.part, IsForced: forced))
            .Append(new ModelLine(sale.Payer, false, units, IsForced: forced)).Where(line => line.Amount > 0).ToArray();
        reason = book.Post(lines, now);
        if (reason is not null)
        {
            return reason;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            sale.Remaining[i] -= parts[i];
        }

        foreach (var line in lines.Where(_ => forced))
        {
            line.Account.IsBeyondLimits = true;
        }

        sale.GivenBack = true;
        state.RefundIds.Add(id);
        if (sale.Left == 0)
        {
            state.Licences[purchaseId].Revoked = true;
        }

        return null;
    }

    // Who got a frozen part in the end; null while it is frozen, or where several did.
    private string? PaidTo(ModelPart frozen)
    {
        var dispute = state.Disputes[frozen.Dispute!];
        return dispute.Status switch
        {
            "Dismissed" => frozen.Organization,
            "Upheld" when dispute.ResolvedOwners.Count == 1 => dispute.ResolvedOwners[0].Organization,
            _ => null,
        };
    }

    // Sorts where the engine searches.
    private static BigInteger[] Divide(BigInteger units, BigInteger[] remaining)
    {
        var total = remaining.Aggregate(BigInteger.Zero, (sum, part) => sum + part);
        if (total == 0)
        {
            return new BigInteger[remaining.Length];
        }

        var parts = remaining.Select(part => units * part / total).ToArray();
        var left = (int)(units - parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part));
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => units * remaining[i] % total).Take(left))
        {
            parts[i]++;
        }

        return parts;
    }

    private string? AmountReason(Money? amount) => amount is not { } money ? null : First(
        (() => money.MinorUnits <= 0, "AmountInvalid"),
        (() => !state.Currencies.ContainsKey(money.CurrencyCode), "UnknownCurrency"),
        (() => state.Currencies[money.CurrencyCode] != money.Exponent, "ExponentMismatch"));

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
