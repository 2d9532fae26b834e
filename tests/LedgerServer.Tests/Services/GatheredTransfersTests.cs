using KpGrpc.Client.Ledger;
using KpGrpc.Client.Receipts;
using KpGrpc.Client.Transfers;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

using Transfer = KpGrpc.Client.Transfers.Transfer;

namespace KpGrpc.LedgerServer.Tests.Services;

/// <summary>The SDK's gathered transfers and commands against the production composition.</summary>
public sealed class GatheredTransfersTests
{
    private const string Owner = "payment-provider";
    private static readonly string[] Accounts = ["a", "b", "c", "d"];

    [Fact]
    public async Task TransferAsync_ManyConcurrentCallers_EachIsToldTheTruthAndCanProveIt()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var client = new LedgerClient(fixture.Server.Channel);
        await OpenAccountsAsync(fixture, client);
        await using var transfers = client.OpenTransfers(fixture.Signer(Owner), new() { CurrencyCode = "EUR", Exponent = 2, IncludeProof = true });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(i =>
            transfers.TransferAsync(new Transfer(Accounts[i % 4], Accounts[(i + 1) % 4], 1 + (i % 3)), TestContext.Current.CancellationToken).AsTask())).WithinAsync("the outcomes");

        Assert.All(outcomes, outcome => Assert.Equal((TransferStatus.Made, false), (outcome.Status, outcome.Repeated)));
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => (outcome.Sequence, outcome.Index)).Distinct().Count());
        Assert.All(outcomes.Select(outcome => outcome.Receipt!).Distinct(), receipt => Assert.IsType<OfflineReceipt.Verified>(receipt.Verify(fixture.LogVerifierKey)));
        var books = await new PaymentService.PaymentServiceClient(fixture.Server.Channel)
            .GetTrialBalanceAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync.WithinAsync("the trial balance");
        Assert.True(books.Balanced);
        Assert.Equal(6_000, Assert.Single(books.Lines, line => line.DebitsPosted.CurrencyCode == "EUR").DebitsPosted.MinorUnits);
    }

    [Fact]
    public async Task TransferAsync_RefusedOrAskedAgain_SameAnswerByTheSameId()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var client = new LedgerClient(fixture.Server.Channel);
        await OpenAccountsAsync(fixture, client);
        await using var transfers = client.OpenTransfers(fixture.Signer(Owner), new() { CurrencyCode = "EUR", Exponent = 2 });
        var possible = new Transfer("a", "b", 5, Id: new TransferId(1, 1));
        var tooMuch = new Transfer("a", "b", 1_000_001, Id: new TransferId(1, 2));

        var (made, refused) = (await AskAsync(possible), await AskAsync(tooMuch));
        var (madeAgain, refusedAgain) = (await AskAsync(possible), await AskAsync(tooMuch));

        Assert.Equal((TransferStatus.Made, TransferStatus.Refused), (made.Status, refused.Status));
        Assert.Equal((TransferStatus.Made, made.Sequence, true), (madeAgain.Status, madeAgain.Sequence, madeAgain.Repeated));
        Assert.Equal((TransferStatus.Refused, refused.Sequence, refused.Reason), (refusedAgain.Status, refusedAgain.Sequence, refusedAgain.Reason));
        Assert.Equal(RejectionReason.IdempotencyConflict, (await AskAsync(possible with { AmountMinorUnits = 6 })).Reason);

        Task<Client.Transfers.TransferOutcome> AskAsync(Transfer transfer) =>
            transfers.TransferAsync(transfer, TestContext.Current.CancellationToken).AsTask().WithinAsync("the outcome");
    }

    private static async Task OpenAccountsAsync(LedgerFixture fixture, LedgerClient client)
    {
        await using var commands = client.OpenCommands(fixture.Signer(Owner));
        var outcomes = await Task.WhenAll(Accounts.Select(id => commands.SubmitAsync(
            payload => payload.OpenAccount = new(Market.Wallet(new AccountOwner { OrganizationId = Owner })) { AccountId = id, Limits = new AccountLimits { OverdraftMinorUnits = 1_000_000 } },
            cancellationToken: TestContext.Current.CancellationToken))).WithinAsync("the accounts");
        Assert.All(outcomes, outcome => Assert.Equal(ReceiptStatus.Accepted, Assert.IsType<CommandOutcome.Answered>(outcome).Receipt.Status));
    }
}
