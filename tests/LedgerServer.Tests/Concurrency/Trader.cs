using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>
/// One client of a crowd that trades over the same few accounts, holds and purchases, so that most commands meet others'.
/// Every choice comes from its seed; the order in which the crowd is served does not.
/// </summary>
internal sealed class Trader(ObservingClient client, CommandSigner signer, Random random, int objects)
{
    /// <summary>The accounts that everybody moves money between.</summary>
    public static readonly string[] Accounts = [Market.WalletId, "a", "b", "c"];

    private ulong newest;

    /// <summary>Does one thing after the other.</summary>
    /// <param name="first">First place that may be asked for: all accounts are open from there on.</param>
    /// <param name="count">How many.</param>
    public async Task RunAsync(ulong first, int count)
    {
        newest = first;
        for (var i = 0; i < count; i++)
        {
            await StepAsync(first);
        }
    }

    private Task StepAsync(ulong first) => random.Next(20) switch
    {
        < 4 => client.ReadBalanceAsync(Account(), null),
        4 => client.ReadBalanceAsync(Account(), first + (ulong)random.NextInt64((long)(newest - first) + 1)),
        5 => client.ReadTrialAsync(),
        6 => client.ReadPurchaseAsync($"p-{random.Next(objects)}"),
        7 => TwiceAsync(),
        8 => ConflictAsync(),
        _ => SubmitAsync(signer.Sign(Body())),
    };

    private async Task SubmitAsync(PreparedCommand command) => newest = Math.Max(newest, await client.SubmitAsync(command));

    // Both are on their way at once: one is executed, the other is told of it.
    private async Task TwiceAsync()
    {
        var command = signer.Sign(Body());
        var places = await Task.WhenAll(client.SubmitAsync(command), client.SubmitAsync(command));
        Assert.Equal(places[0], places[1]);
    }

    private async Task ConflictAsync()
    {
        var command = signer.Sign(payload => payload.Transfer = Transfer());
        await SubmitAsync(command);
        await client.SubmitConflictAsync(signer.Sign(payload => payload.ReleaseHold = new ReleaseHold { HoldId = Hold() }, command.IdempotencyKey));
    }

    private Action<CommandPayload> Body() => random.Next(12) switch
    {
        < 4 => payload => payload.Transfer = Transfer(),
        4 => payload => payload.TransferBatch = Batch(),
        5 => payload => payload.PlaceHold = new PlaceHold
        {
            HoldId = Hold(),
            AccountId = Account(),
            DestinationAccountId = Account(),
            Amount = Market.Eur(random.Next(1, 3_000)),
            ExpiresAt = random.Next(2) == 0 ? null : Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(100)),
        },
        6 or 7 => payload => payload.CaptureHold = new CaptureHold { HoldId = Hold(), Amount = Market.Eur(random.Next(1, 600)), ReleaseRest = random.Next(4) == 0 },
        8 => payload => payload.ReleaseHold = new ReleaseHold { HoldId = Hold() },
        9 or 10 => payload => payload.Purchase = new(Market.Purchase($"p-{random.Next(objects)}", "work-0"))
        {
            LearnerPseudonym = random.Next(objects).ToString("x64", System.Globalization.CultureInfo.InvariantCulture),
            PayerAccountId = Account(),
        },
        _ => payload => payload.Refund = new Refund { RefundId = $"r-{random.Next(objects)}", PurchaseId = $"p-{random.Next(objects)}", Amount = Market.Eur(random.Next(1, 700)) },
    };

    private Transfer Transfer() => new() { DebitAccountId = Account(), CreditAccountId = Account(), Amount = Market.Eur(random.Next(1, 5_000)) };

    private TransferBatch Batch()
    {
        var batch = new TransferBatch { CurrencyCode = "EUR", Exponent = 2, AccountIds = { Accounts } };
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var id = new byte[16];
            random.NextBytes(id);
            var debit = random.Next(Accounts.Length);
            batch.Entries.Add(new TransferBatchEntry
            {
                TransferId = ByteString.CopyFrom(id),
                DebitIndex = (uint)debit,
                CreditIndex = (uint)((debit + 1) % Accounts.Length),
                AmountMinorUnits = random.Next(1, 5_000),
            });
        }

        return batch;
    }

    private string Account() => Accounts[random.Next(Accounts.Length)];

    private string Hold() => $"h-{random.Next(objects)}";
}
