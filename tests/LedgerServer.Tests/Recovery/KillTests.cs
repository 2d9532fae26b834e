using System.Collections.Concurrent;

using Grpc.Net.Client;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Recovery;

/// <summary>Kill -9 under purchases: nothing acknowledged is lost, nothing is half done, and the books balance.</summary>
public sealed class KillTests
{
    private static readonly int Rounds = TestScale.Of(always: 20, soak: 200);
    private const int Purchasers = 4;
    private const int Seed = 20_260_101;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill9_DuringPurchasesRoundAfterRound_KeepsEveryAcknowledgedPurchaseWhole()
    {
        await using var fixture = new LedgerFixture();
        var random = new Random(Seed);
        var acknowledged = new ConcurrentDictionary<string, CommandOutcome.Answered>();
        var attempted = new ConcurrentDictionary<string, PreparedCommand>();
        for (var round = 0; round <= Rounds; round++)
        {
            var (process, address) = await LedgerProcess.StartAsync(fixture);
            using (process)
            {
                using var channel = GrpcChannel.ForAddress(address);
                if (round == 0)
                {
                    await OpenAsync(fixture, channel);
                }

                await CheckAsync(channel, attempted, acknowledged, round);
                if (round < Rounds)
                {
                    await BuyUntilKilledAsync(fixture, process, channel, round, random.Next(1, 60), attempted, acknowledged);
                }
            }
        }

        Assert.NotEmpty(acknowledged);
        Assert.True(attempted.Count > acknowledged.Count, "no kill ever hit a purchase under way: the test is too slow to kill");
    }

    private static async Task OpenAsync(LedgerFixture fixture, GrpcChannel channel)
    {
        var client = new LedgerClient(channel);
        foreach (var (organizationId, setBody) in Market.Opening(works: 1, deposit: 1_000_000_000, new AccountOwner { OrganizationId = "platform" }))
        {
            var outcome = await client.SubmitAsync(fixture.Signer(organizationId).Sign(setBody), cancellationToken: Stop).WithinAsync("the opening");
            Assert.Equal(ReceiptStatus.Accepted, Assert.IsType<CommandOutcome.Answered>(outcome).Receipt.Status);
        }
    }

    private static async Task BuyUntilKilledAsync(
        LedgerFixture fixture,
        LedgerProcess process,
        GrpcChannel channel,
        int round,
        int killAfter,
        ConcurrentDictionary<string, PreparedCommand> attempted,
        ConcurrentDictionary<string, CommandOutcome.Answered> acknowledged)
    {
        var answers = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = new LedgerClient(channel, new LedgerClientOptions { TriesMax = 1 });
        var signer = fixture.Signer("platform");

        async Task BuyAsync(int purchaser)
        {
            for (var i = 0; ; i++)
            {
                var id = $"p-{round}-{purchaser}-{i}";
                var command = signer.Sign(payload => payload.Purchase = Purchase(id));
                attempted[id] = command;
                if (await client.SubmitAsync(command, cancellationToken: Stop) is not CommandOutcome.Answered answered)
                {
                    return;
                }

                Assert.Equal(ReceiptStatus.Accepted, answered.Receipt.Status);
                acknowledged[id] = answered;
                if (Interlocked.Increment(ref answers) >= killAfter)
                {
                    reached.TrySetResult();
                }
            }
        }

        var purchasers = Enumerable.Range(0, Purchasers).Select(BuyAsync).ToArray();
        await reached.Task.WithinAsync($"{killAfter} purchases");
        await process.KillAsync();
        await Task.WhenAll(purchasers).WithinAsync("the purchasers' end");
    }

    private static async Task CheckAsync(
        GrpcChannel channel,
        ConcurrentDictionary<string, PreparedCommand> attempted,
        ConcurrentDictionary<string, CommandOutcome.Answered> acknowledged,
        int round)
    {
        var client = new LedgerClient(channel);
        var payments = new PaymentService.PaymentServiceClient(channel);
        var copyright = new CopyrightService.CopyrightServiceClient(channel);
        var present = 0;
        foreach (var (id, command) in attempted)
        {
            var outcome = await client.ReconcileAsync(command, Stop).WithinAsync("a receipt");
            if (acknowledged.TryGetValue(id, out var first))
            {
                Assert.Equal(first.Proof.Leaf, Assert.IsType<CommandOutcome.Answered>(outcome).Proof.Leaf);
            }

            if (outcome is CommandOutcome.Answered { Receipt.Status: ReceiptStatus.Accepted })
            {
                present++;
            }
        }

        // All or none: as many wallet debits and shares as there are purchases, and as many licences.
        var wallet = await payments.GetBalanceAsync(new GetBalanceRequest { AccountId = Market.WalletId }, cancellationToken: Stop);
        Assert.Equal(present * Market.PriceMinorUnits, wallet.Balance.DebitsPosted.MinorUnits);
        Assert.Equal(wallet.Balance.DebitsPosted.MinorUnits, await SharesAsync(payments));
        Assert.Equal(present, await LicencesAsync(copyright));
        var trial = await payments.GetTrialBalanceAsync(new GetTrialBalanceRequest(), cancellationToken: Stop);
        Assert.True(trial.Balanced, $"the trial balance of round {round} is not zero (seed {Seed})");
        Assert.All(trial.Lines, line => Assert.Equal(line.DebitsPosted, line.CreditsPosted));
    }

    private static async Task<long> SharesAsync(PaymentService.PaymentServiceClient payments)
    {
        var sum = 0L;
        foreach (var account in (await payments.ListAccountsAsync(new ListAccountsRequest { Kind = AccountKind.Revenue }, cancellationToken: Stop)).Accounts)
        {
            var balance = await payments.GetBalanceAsync(new GetBalanceRequest { AccountId = account.AccountId }, cancellationToken: Stop);
            sum += balance.Balance.CreditsPosted.MinorUnits;
        }

        return sum;
    }

    private static async Task<int> LicencesAsync(CopyrightService.CopyrightServiceClient copyright)
    {
        var (count, token) = (0, string.Empty);
        do
        {
            var page = await copyright.ListLicencesAsync(
                new ListLicencesRequest { WorkId = "work-0", IncludeInactive = true, PageSize = 1_000, PageToken = token }, cancellationToken: Stop);
            count += page.Licences.Count;
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        return count;
    }

    // One work for many learners: a holder may license a work once. The platform pays for all of them.
    private static Purchase Purchase(string id) => new(Market.Purchase(id, "work-0"))
    {
        LearnerPseudonym = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id))),
    };
}
