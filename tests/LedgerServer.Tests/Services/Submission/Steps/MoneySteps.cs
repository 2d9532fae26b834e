using Google.Protobuf;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>A currency, three wallets with money, and every way to move it without a sale.</summary>
internal static class MoneySteps
{
    public const string Shop = "shop";
    public const string Till = "till";

    public static IEnumerable<CommandStep> Of()
    {
        yield return new("operator", payload => payload.DeclareCurrency = new DeclareCurrency { CurrencyCode = "USD", Exponent = 2 });
        yield return new("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        yield return new("platform", payload => payload.OpenAccount = Market.Wallet());
        yield return new("producer", payload => payload.OpenAccount = Wallet(Shop, "producer"));
        yield return new("platform", payload => payload.OpenAccount = Wallet(Till, "platform"));
        yield return new("payment-provider", payload => payload.Deposit = Market.Deposit(100_000, "in-1"));
        yield return new("payment-provider", payload => payload.Deposit = new(Market.Deposit(1_000, "in-2")) { AccountId = Shop });
        yield return new("payment-provider", payload => payload.Deposit = new(Market.Deposit(1_000, "in-3")) { AccountId = Till });
        yield return new("producer", payload => payload.Payout = new Payout
        {
            AccountId = Shop,
            ClearingAccountId = "clearing",
            Amount = Market.Eur(20),
            ExternalReference = "out-1",
        });
        yield return new("producer", payload => payload.Transfer = new Transfer { DebitAccountId = Shop, CreditAccountId = Till, Amount = Market.Eur(5) });
        yield return new("producer", payload => payload.TransferBatch = Batch());
        yield return new("producer", payload => payload.PostMultiple = new PostMultiple
        {
            Lines =
            {
                new PostingLine { AccountId = Shop, Direction = Direction.Debit, Amount = Market.Eur(10) },
                new PostingLine { AccountId = Market.WalletId, Direction = Direction.Credit, Amount = Market.Eur(10) },
            },
        });
        yield return new("platform", payload => payload.PlaceHold = new PlaceHold
        {
            HoldId = "hold",
            AccountId = Market.WalletId,
            DestinationAccountId = Shop,
            Amount = Market.Eur(100),
        });
        yield return new("producer", payload => payload.CaptureHold = new CaptureHold { HoldId = "hold", Amount = Market.Eur(30) });
        yield return new("platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = "hold" });
    }

    private static OpenAccount Wallet(string id, string owner) => new(Market.Wallet(new AccountOwner { OrganizationId = owner })) { AccountId = id };

    private static TransferBatch Batch() => new()
    {
        CurrencyCode = "EUR",
        Exponent = 2,
        AccountIds = { Shop, Till },
        Entries =
        {
            Enumerable.Range(1, 3).Select(i => new TransferBatchEntry
            {
                TransferId = ByteString.CopyFrom([(byte)i, .. new byte[15]]),
                DebitIndex = 0,
                CreditIndex = 1,
                AmountMinorUnits = i,
            }),
        },
    };
}
