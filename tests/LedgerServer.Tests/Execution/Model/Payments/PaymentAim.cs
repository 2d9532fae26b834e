using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Transfers;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Points random payouts, multi-postings and holds at accounts and holds that exist.</summary>
internal static class PaymentAim
{
    /// <summary>The step aimed; null where it is of another area.</summary>
    public static (string By, CommandBody Body)? At(LedgerState state, Step step) => step.Body switch
    {
        Payout payout => At(state, payout, step.Back),
        PostMultiple multiple => At(state, multiple, step.Back),
        PlaceHold hold => At(state, hold, step.Back),
        CaptureHold capture when HoldAt(state, step.Back) is { } hold => (hold.PlacedByOrganizationId, capture with
        {
            HoldId = hold.HoldId,
            Amount = capture.Amount is { } amount ? hold.Amount with { MinorUnits = amount.MinorUnits } : null,
        }),
        ReleaseHold release when HoldAt(state, step.Back) is { } hold =>
            (hold.PlacedByOrganizationId, release with { HoldId = hold.HoldId }),
        Refund refund when SaleAt(state, step.Back) is { } sale =>
            (sale.PlatformOrganizationId, refund with { PurchaseId = sale.PurchaseId, Amount = Of(sale, refund.Amount) }),
        Chargeback charge when SaleAt(state, step.Back) is { } sale =>
            ("pay", charge with { PurchaseId = sale.PurchaseId, Amount = Of(sale, charge.Amount) }),
        CaptureHold or ReleaseHold => ("plat", step.Body),
        _ => null,
    };

    private static (string, CommandBody) At(LedgerState state, Payout payout, int index)
    {
        var account = AccountAt(state, index);
        return (index % 2 == 0 ? OwnerOf(account) : "pay", payout with
        {
            AccountId = account.AccountId,
            ClearingAccountId = "clearing",
            Amount = In(account, payout.Amount),
        });
    }

    private static (string, CommandBody) At(LedgerState state, PostMultiple multiple, int index)
    {
        var from = AccountAt(state, index);
        var lines = multiple.Lines.SelectMany((line, i) =>
        {
            var to = AccountAt(state, index + i + 1);
            return new[]
            {
                new PostingLine(from.AccountId, Direction.Debit, In(from, line.Amount)),
                new PostingLine(to.AccountId, Direction.Credit, In(from, line.Amount)),
            };
        });
        return (OwnerOf(from), multiple with { Lines = [.. lines] });
    }

    private static (string, CommandBody) At(LedgerState state, PlaceHold hold, int index)
    {
        var from = AccountAt(state, index);
        return (OwnerOf(from), hold with
        {
            AccountId = from.AccountId,
            DestinationAccountId = index % 3 == 0 ? "clearing" : AccountAt(state, index + 1).AccountId,
            Amount = In(from, hold.Amount),
            Foreign = null,
        });
    }

    private static PurchaseRecord? SaleAt(LedgerState state, int index)
    {
        var sales = Enumerable.Range(0, 31).Select(i => state.Purchases.Find($"purchase-{i}")).OfType<PurchaseRecord>().ToArray();
        return sales.Length == 0 ? null : sales[index % sales.Length];
    }

    private static Money? Of(PurchaseRecord sale, Money? amount) =>
        amount is { } money ? sale.Split.Amount with { MinorUnits = money.MinorUnits } : null;

    private static HoldRecord? HoldAt(LedgerState state, int index) =>
        state.Holds.All.Count == 0 ? null : state.Holds.All[^((index % state.Holds.All.Count) + 1)];

    private static Account AccountAt(LedgerState state, int index) =>
        state.Accounts.All[index % state.Accounts.All.Count].Account;

    private static string OwnerOf(Account account) => account.Owner.OrganizationId ?? account.OpenedByOrganizationId;

    private static Money In(Account account, Money amount) => new(amount.MinorUnits, account.CurrencyCode, account.Exponent);
}
