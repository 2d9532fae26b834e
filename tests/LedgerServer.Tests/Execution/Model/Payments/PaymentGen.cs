using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Transfers;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

/// <summary>Random payouts, multi-postings and holds over few names.</summary>
internal static class PaymentGen
{
    private static readonly Gen<string> HoldId = Gen.Int[0, 9].Select(i => $"hold-{i}");

    public static Gen<(string By, CommandBody Body)> Of(Gen<string> by, Gen<string> account, Gen<Money> amount)
    {
        var payout = Gen.Select(by, account, account, amount, Gen.Int[0, 5]).Select((who, from, to, money, reference) =>
            (who, (CommandBody)new Payout
            {
                AccountId = from,
                ClearingAccountId = to,
                Amount = money,
                ExternalReference = $"ref-{reference}",
            }));
        var line = Gen.Select(account, Gen.Bool, amount)
            .Select((id, debit, money) => new PostingLine(id, debit ? Direction.Debit : Direction.Credit, money));
        var multiple = Gen.Select(by, line.Array[1, 4]).Select((who, lines) =>
            (who, (CommandBody)new PostMultiple { Lines = lines }));
        var place = Gen.Select(HoldId, by, account, account, amount, Gen.Select(Gen.Long[-1, 12], Gen.Int[0, 20]))
            .Select((id, who, from, to, money, end) => (who, (CommandBody)new PlaceHold
            {
                HoldId = id,
                AccountId = from,
                DestinationAccountId = to,
                Amount = money,
                ExpiresAtMicros = end.Item1 == 0 ? null : TestLedger.Start + (end.Item1 * OrderTime.MicrosPerDay / 4),
                Foreign = end.Item2 == 0 ? new ForeignLeg("other", "other.example/log", "hold") : null,
            }));
        var capture = Gen.Select(HoldId, by, amount, Gen.Int[0, 2], Gen.Bool).Select((id, who, money, all, rest) =>
            (who, (CommandBody)new CaptureHold { HoldId = id, Amount = all == 0 ? null : money, ReleaseRest = rest }));
        var release = Gen.Select(HoldId, by).Select((id, who) => (who, (CommandBody)new ReleaseHold { HoldId = id }));
        var refund = Gen.Select(by, Gen.Int[0, 9], Gen.Int[0, 30], amount, Gen.Int[0, 2], Gen.Bool)
            .Select((who, id, purchase, money, all, charge) => (who, charge
                ? (CommandBody)new Chargeback
                {
                    ChargebackId = $"refund-{id}",
                    PurchaseId = $"purchase-{purchase}",
                    Amount = all == 0 ? null : money,
                    ExternalReference = $"ref-{id}",
                }
                : new Refund { RefundId = $"refund-{id}", PurchaseId = $"purchase-{purchase}", Amount = all == 0 ? null : money }));
        return Gen.Frequency((5, refund), (2, payout), (2, multiple), (6, place), (4, capture), (1, release));
    }
}
