using System.Numerics;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Refunds and chargebacks of the reference model.</summary>
internal sealed class ModelRefunds(ModelState state, ModelBook book, ModelEarnings earnings)
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
        var back = BackFromNewOwners(sale, parts);
        var lines = back.Select(b => new ModelLine(b.From, true, b.Amount, IsForced: forced))
            .Concat(back.Select(b => new ModelLine(b.Escrow, false, b.Amount, IsForced: forced)))
            .Concat(parts.Select((part, i) => new ModelLine(WhereNow(sale, i)!, true, part, IsForced: forced)))
            .Append(new ModelLine(sale.Payer, false, units, IsForced: forced)).Where(line => line.Amount > 0).ToArray();
        reason = book.Post(lines, now);
        if (reason is not null)
        {
            return reason;
        }

        Forget(sale, parts, back);
        for (var i = 0; i < parts.Length; i++)
        {
            sale.Remaining[i] -= parts[i];
        }

        foreach (var line in lines.Where(_ => forced))
        {
            line.Account.IsBeyondLimits = true;
        }

        earnings.CountRunning(sale.EarningLines, parts.Select(part => -part), now);
        sale.GivenBack = true;
        state.RefundIds.Add(id);
        if (sale.Left == 0)
        {
            state.Licences[purchaseId].Revoked = true;
        }

        return null;
    }

    // The account that holds a part: the escrow while frozen, and again once new owners have given it back.
    private ModelAccount? WhereNow(ModelSale sale, int i) => sale.Frozen[i] is not { Amount: var frozen } part || frozen == 0
        ? sale.Received[i].Account
        : state.Disputes[part.Dispute!].Status == "Dismissed"
            ? state.Accounts[$"revenue/{part.Organization}/{sale.Currency}"]
            : state.Accounts[$"escrow/{part.Dispute}/{sale.Currency}"];

    // What new owners give back, dispute by dispute: in proportion to what they have left of the payout.
    private List<(ModelDispute Dispute, int Owner, ModelAccount From, ModelAccount Escrow, BigInteger Amount)> BackFromNewOwners(
        ModelSale sale, BigInteger[] parts)
    {
        var back = new List<(ModelDispute, int, ModelAccount, ModelAccount, BigInteger)>();
        var byDispute = Enumerable.Range(0, parts.Length).Where(i => parts[i] > 0 && sale.Frozen[i] is not null).GroupBy(i => sale.Frozen[i]!.Dispute!);
        foreach (var frozen in byDispute.Where(f => state.Disputes[f.Key].Status == "Upheld"))
        {
            var dispute = state.Disputes[frozen.Key];
            var owners = dispute.Paid[sale.Currency];
            var shares = Divide(frozen.Aggregate(BigInteger.Zero, (sum, i) => sum + parts[i]), [.. owners.Select(o => o.Amount)]);
            back.AddRange(owners.Select((owner, i) => (
                dispute, i, state.Accounts[$"revenue/{owner.Organization}/{sale.Currency}"],
                state.Accounts[$"escrow/{frozen.Key}/{sale.Currency}"], shares[i])));
        }

        return back;
    }

    private void Forget(
        ModelSale sale, BigInteger[] parts, List<(ModelDispute Dispute, int Owner, ModelAccount From, ModelAccount Escrow, BigInteger Amount)> back)
    {
        foreach (var given in back)
        {
            var owners = given.Dispute.Paid[sale.Currency];
            owners[given.Owner] = owners[given.Owner] with { Amount = owners[given.Owner].Amount - given.Amount };
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] > 0 && sale.Frozen[i] is { } part && state.Disputes[part.Dispute!] is { Status: "Open", Escrow: var escrow })
            {
                var key = sale.Currency + " " + part.Organization;
                escrow[key] -= parts[i];
                if (escrow[key] == 0)
                {
                    escrow.Remove(key);
                }
            }
        }
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
