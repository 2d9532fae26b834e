using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>The commands of a simulated market: an opening, then trade that meets itself.</summary>
internal static class SimulatedMarket
{
    private const int Trades = 60;

    /// <summary>The commands up to a first sale, in order.</summary>
    public static IReadOnlyList<AdmittedCommand> Opening(FixedNetwork network) =>
    [
        .. Market.Opening(works: 2, deposit: 1_000_000, new AccountOwner { OrganizationId = "platform" })
            .Select((command, i) => network.Command(i, command.OrganizationId, command.SetBody)),
    ];

    /// <summary>Trade in any order: purchases, holds, transfers, deposits, refunds and accounts; many are accepted, some refused.</summary>
    public static IReadOnlyList<AdmittedCommand> Trade(FixedNetwork network) => [.. Enumerable.Range(0, Trades).Select(i => Trade(network, i))];

    private static AdmittedCommand Trade(FixedNetwork network, int i)
    {
        var (by, setBody) = (i % 10) switch
        {
            0 => ("platform", (Action<CommandPayload>)(payload => payload.OpenAccount = new(Market.Wallet(new AccountOwner { OrganizationId = "platform" })) { AccountId = $"wallet-{i}" })),
            1 => ("payment-provider", payload => payload.Deposit = Market.Deposit(100 + i, $"deposit-{i}")),
            2 => ("platform", payload => payload.Transfer = new Transfer { DebitAccountId = Market.WalletId, CreditAccountId = $"wallet-{i - 2}", Amount = Market.Eur(10 + i) }),
            3 => ("platform", payload => payload.PlaceHold = Hold(i)),
            4 => ("platform", payload => payload.CaptureHold = new CaptureHold { HoldId = $"hold-{i - 1}", Amount = Market.Eur(3) }),
            5 => ("platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = $"hold-{i - 2}" }),
            6 => ("platform", payload => payload.Refund = Refund(i)),
            _ => ("platform", payload => payload.Purchase = Purchase(i)),
        };
        return network.Command(100 + i, by, setBody);
    }

    private static PlaceHold Hold(int i) => new()
    {
        HoldId = $"hold-{i}",
        AccountId = Market.WalletId,
        DestinationAccountId = "wallet-0",
        Amount = Market.Eur(50 + i),
        ExpiresAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddMicroseconds(FixedNetwork.StartMicros).AddHours(i)),
    };

    private static Refund Refund(int i) => new()
    {
        RefundId = $"refund-{i}",
        PurchaseId = $"purchase-{i + 1}",
        Amount = Market.Eur(1 + (i * 7)),
        ReasonCode = "unwanted",
    };

    private static Purchase Purchase(int i) => new(Market.Purchase($"purchase-{i}", $"work-{i % 2}"))
    {
        LearnerPseudonym = i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture),
    };
}
