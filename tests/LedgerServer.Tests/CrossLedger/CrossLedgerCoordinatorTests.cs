using KpGrpc.Client.CrossLedger;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.CrossLedger;

/// <summary>Both sides of a transfer end alike, whatever is killed or given up in between.</summary>
public sealed class CrossLedgerCoordinatorTests
{
    internal const long Amount = 700;

    private static readonly CrossLedgerStep[] Steps =
        [CrossLedgerStep.PlaceSending, CrossLedgerStep.PlaceReceiving, CrossLedgerStep.CaptureSending, CrossLedgerStep.CaptureReceiving];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ServersKilledAndCoordinatorGoneAfterEachStep_CompletesOnBothOnce(bool twoProcesses)
    {
        await using var pair = new PairFixture(twoProcesses);
        await pair.StartAsync();
        await pair.OpenAsync();
        foreach (var step in Steps)
        {
            var transfer = Transfer((byte)step);
            await AbandonAsync(pair, transfer, step);
            await pair.KillAsync();
            await pair.StartAsync();

            var completed = Assert.IsType<CrossLedgerOutcome.Completed>(await Coordinator(pair).RunAsync(transfer, Stop).WithinAsync("the transfer"));

            Assert.Equal(completed, await Coordinator(pair).RunAsync(transfer, Stop).WithinAsync("the same end"), Alike);
            Assert.IsType<CrossLedgerOutcome.Completed>(await Coordinator(pair).ReleaseAsync(transfer, Stop).WithinAsync("an end that stays"));
            await AssertMovedAsync(pair, (int)step * Amount);
        }
    }

    [Fact]
    public async Task Release_AfterEachStepBeforeTheDecision_FreesBoth()
    {
        await using var pair = new PairFixture(twoProcesses: false);
        await pair.StartAsync();
        await pair.OpenAsync();
        foreach (var step in Steps[..2])
        {
            var transfer = Transfer((byte)step);
            await AbandonAsync(pair, transfer, step);

            Assert.IsType<CrossLedgerOutcome.Released>(await Coordinator(pair).ReleaseAsync(transfer, Stop).WithinAsync("the release"));

            await AssertMovedAsync(pair, 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SendingSideRanOut_ReceiverReleasesByProofWhoeverToldIt(bool toldByAnother)
    {
        await using var pair = new PairFixture(twoProcesses: true);
        await pair.StartAsync();
        await pair.OpenAsync();
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(4);
        var transfer = Transfer(9, end);
        await AbandonAsync(pair, transfer, CrossLedgerStep.PlaceReceiving);
        await pair.KillAsync();
        await pair.StartAsync();
        // The servers are processes with the machine's clock: their time cannot be moved.
        var rest = end - TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(5);
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Stop);
        if (toldByAnother)
        {
            await pair.AcceptAsync(PairFixture.Main, "platform", payload => payload.ReleaseHold = new ReleaseHold { HoldId = transfer.SendingHoldId });
        }

        Assert.IsType<CrossLedgerOutcome.Released>(await Coordinator(pair).RunAsync(transfer, Stop).WithinAsync("the release"));

        await AssertMovedAsync(pair, 0);
        Assert.Equal(HoldStatus.Released, await StatusAsync(pair, PairFixture.Books, transfer.ReceivingHoldId));
        Assert.NotEqual(HoldStatus.Captured, await StatusAsync(pair, PairFixture.Main, transfer.SendingHoldId));
    }

    internal static CrossLedgerTransfer Transfer(byte id, DateTimeOffset? end = null) =>
        new(Enumerable.Repeat(id, 16).ToArray(), Market.WalletId, "payee", Market.Eur(Amount), end);

    internal static CrossLedgerCoordinator Coordinator(PairFixture pair, CrossLedgerStep? last = null) => new(
        pair.Side(PairFixture.Main, "platform"),
        pair.Side(PairFixture.Books, "operator"),
        step => step == last ? throw new TimeoutException("abandoned") : Task.CompletedTask);

    private static Task<TimeoutException> AbandonAsync(PairFixture pair, CrossLedgerTransfer transfer, CrossLedgerStep after) =>
        Assert.ThrowsAsync<TimeoutException>(() => Coordinator(pair, after).RunAsync(transfer, Stop).WithinAsync("the abandoned run"));

    private static bool Alike(CrossLedgerOutcome first, CrossLedgerOutcome second) =>
        first is CrossLedgerOutcome.Completed one && second is CrossLedgerOutcome.Completed other
        && one.Sending.Leaf == other.Sending.Leaf && one.Receiving.Leaf == other.Receiving.Leaf;

    internal static async Task AssertMovedAsync(PairFixture pair, long moved)
    {
        await AssertBalanceAsync(pair, PairFixture.Main, Market.WalletId, debits: moved, credits: 100_000);
        await AssertBalanceAsync(pair, PairFixture.Main, "foreign/books/EUR", debits: 0, credits: moved);
        await AssertBalanceAsync(pair, PairFixture.Books, "foreign/main/EUR", debits: moved, credits: 0);
        await AssertBalanceAsync(pair, PairFixture.Books, "payee", debits: 0, credits: moved);
        foreach (var ledgerId in new[] { PairFixture.Main, PairFixture.Books })
        {
            var trial = await pair.Payments(ledgerId).GetTrialBalanceAsync(new GetTrialBalanceRequest { LedgerId = ledgerId }, cancellationToken: Stop);
            Assert.True(trial.Balanced, $"the trial balance of {ledgerId} is not zero");
        }
    }

    private static async Task AssertBalanceAsync(PairFixture pair, string ledgerId, string accountId, long debits, long credits)
    {
        var response = await pair.Payments(ledgerId).GetBalanceAsync(new GetBalanceRequest { LedgerId = ledgerId, AccountId = accountId }, cancellationToken: Stop);
        var balance = response.Balance;
        Assert.Equal(
            (debits, credits, 0L, 0L),
            (balance.DebitsPosted.MinorUnits, balance.CreditsPosted.MinorUnits, balance.DebitsHeld.MinorUnits, balance.CreditsHeld.MinorUnits));
    }

    private static async Task<HoldStatus> StatusAsync(PairFixture pair, string ledgerId, string holdId) =>
        (await pair.Payments(ledgerId).GetHoldAsync(new GetHoldRequest { LedgerId = ledgerId, HoldId = holdId }, cancellationToken: Stop)).Hold.Status;
}
