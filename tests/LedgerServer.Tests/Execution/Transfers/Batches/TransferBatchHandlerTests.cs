using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers.Batches;

public sealed class TransferBatchHandlerTests
{
    private static readonly TransferBatch Batch = new()
    {
        CurrencyCode = "EUR",
        Exponent = 2,
        AccountIds = ["wallet", "prod-wallet", "limited", "none", "clearing", "yen"],
        Entries = new[] { Entry(1, 0, 1, 10) },
    };

    [Fact]
    public void Execute_Transfers_MoveAndLeaveTheirOutcomes()
    {
        var ledger = Opened();
        var batch = Batch with { Entries = new[] { Entry(1, 0, 1, 60, 7), Entry(2, 1, 0, 1), Entry(3, 0, 1, 5) } };

        var receipt = ledger.Accept("plat", batch);

        var made = Assert.IsType<TransfersMade>(Assert.Single(receipt.Effects));
        Assert.Equal(["wallet", "prod-wallet", "limited", "none", "clearing", "yen"], made.AccountIds);
        Assert.Equal(
            [
                new TransferOutcome(Entry(1, 0, 1, 60, 7), RejectionReason.None, null),
                new TransferOutcome(Entry(2, 1, 0, 1), RejectionReason.NotAuthorized, null),
                new TransferOutcome(Entry(3, 0, 1, 5), RejectionReason.None, null),
            ],
            made.Outcomes.ToArray());
        Assert.Equal(new AccountTotals(65, 100, 0, 0), ledger.State.Accounts.Find("wallet")!.Totals);
        Assert.Equal(new AccountTotals(0, 65, 0, 0), ledger.State.Accounts.Find("prod-wallet")!.Totals);
        Assert.All(ledger.State.Accounts.TrialBalance, line => Assert.True(line.IsBalanced));
        Assert.Equal(165, (long)ledger.State.Accounts.TrialBalance.First().Totals.DebitsPosted);
    }

    [Theory]
    [InlineData(0U, 1U, 0, nameof(RejectionReason.AmountInvalid))]
    [InlineData(0U, 1U, -1, nameof(RejectionReason.AmountInvalid))]
    [InlineData(0U, 0U, 1, nameof(RejectionReason.SameAccount))]
    [InlineData(0U, 3U, 1, nameof(RejectionReason.UnknownAccount))]
    [InlineData(3U, 0U, 1, nameof(RejectionReason.UnknownAccount))]
    [InlineData(1U, 0U, 1, nameof(RejectionReason.NotAuthorized))]
    [InlineData(0U, 4U, 1, nameof(RejectionReason.AccountKindWrong))]
    [InlineData(0U, 5U, 1, nameof(RejectionReason.CurrencyMismatch))]
    [InlineData(5U, 0U, 1, nameof(RejectionReason.CurrencyMismatch))]
    [InlineData(0U, 1U, 101, nameof(RejectionReason.InsufficientFunds))]
    [InlineData(0U, 2U, 51, nameof(RejectionReason.BalanceLimitExceeded))]
    public void Execute_EntryWithAFault_IsRefusedAlone(uint debit, uint credit, long amount, string reason)
    {
        var ledger = Opened();
        var batch = Batch with { Entries = new[] { Entry(1, debit, credit, amount), Entry(2, 0, 1, 3) } };

        var made = (TransfersMade)ledger.Accept("plat", batch).Effects[0];

        Assert.Equal([Enum.Parse<RejectionReason>(reason), RejectionReason.None], made.Outcomes.ToArray().Select(outcome => outcome.Refused));
        Assert.Equal(new AccountTotals(3, 100, 0, 0), ledger.State.Accounts.Find("wallet")!.Totals);
    }

    [Fact]
    public void Execute_IdsThatComeAgain_GiveTheFirstOutcomeOrAConflict()
    {
        var ledger = Opened();
        var first = ledger.Accept("plat", Batch with { Entries = new[] { Entry(1, 0, 1, 10), Entry(2, 0, 1, 1_000), Entry(1, 0, 1, 10) } }).Sequence;
        ledger.Accept("pay", SampleCommands.Deposit(10_000, "ref-2"));

        // Other places of the same accounts are the same entry.
        var again = Batch with
        {
            AccountIds = ["prod-wallet", "wallet"],
            Entries = new[] { Entry(1, 1, 0, 10), Entry(2, 1, 0, 1_000), Entry(2, 1, 0, 999), Entry(1, 1, 0, 10, 1), Entry(3, 1, 0, 1) },
        };
        var made = (TransfersMade)ledger.Accept("plat", again).Effects[0];

        Assert.Equal(
            [(RejectionReason.None, first), (RejectionReason.InsufficientFunds, first), (RejectionReason.IdempotencyConflict, first),
                (RejectionReason.IdempotencyConflict, first), (RejectionReason.None, null)],
            made.Outcomes.ToArray().Select(outcome => (outcome.Refused, outcome.FirstSequence)));
        Assert.Equal(11, (long)ledger.State.Accounts.Find("wallet")!.Totals.DebitsPosted);
        Assert.Equal(3, ledger.State.TransferIds.Count);
    }

    [Fact]
    public void Execute_IdOfAnotherOrganization_IsNew()
    {
        var ledger = Opened();
        ledger.Accept("plat", Batch);

        var made = (TransfersMade)ledger.Accept("prod", Batch with { Entries = new[] { Entry(1, 1, 0, 4) } }).Effects[0];

        Assert.Equal(new TransferOutcome(Entry(1, 1, 0, 4), RejectionReason.None, null), made.Outcomes.Span[0]);
    }

    [Fact]
    public void Execute_MalformedCommands_AreRejectedAsAWhole()
    {
        var ledger = Opened();
        var ids = Enumerable.Range(0, 2_049).Select(i => $"a{i}").ToArray();
        var entries = Enumerable.Range(0, 1_025).Select(i => Entry((ulong)i, 0, 1, 1)).ToArray();
        TransferBatch[] malformed =
        [
            Batch with { AccountIds = ["wallet"] },
            Batch with { AccountIds = ids },
            Batch with { AccountIds = ["wallet", "prod wallet"] },
            Batch with { AccountIds = ["wallet", "prod-wallet", "wallet"] },
            Batch with { AccountIds = [.. Enumerable.Range(0, 129).Select(i => $"{i:D128}")] },
            Batch with { Entries = Array.Empty<TransferEntry>() },
            Batch with { Entries = entries },
            Batch with { Entries = new[] { Entry(1, 6, 1, 1) } },
            Batch with { Entries = new[] { Entry(1, 1, 6, 1) } },
            Batch with { AccountIds = ids[..2_048], Entries = entries[1..].Select(entry => entry with { AmountMinorUnits = long.MaxValue, Reference = ulong.MaxValue }).ToArray() },
        ];

        Assert.All(malformed, batch => ledger.Refuse(RejectionReason.Malformed, "plat", batch));
        ledger.Refuse(RejectionReason.RoleMissing, "aud", Batch);
        ledger.Refuse(RejectionReason.UnknownCurrency, "plat", Batch with { CurrencyCode = "USD" });
        ledger.Refuse(RejectionReason.ExponentMismatch, "plat", Batch with { Exponent = 3 });
        Assert.Equal(0, ledger.State.TransferIds.Count);
    }

    [Fact]
    public void Execute_MostEntriesAndAccounts_IsAccepted()
    {
        var ledger = Opened();
        var ids = Enumerable.Range(0, 2_046).Select(i => $"a{i}").Prepend("prod-wallet").Prepend("wallet").ToArray();
        var entries = Enumerable.Range(0, 1_024).Select(i => Entry((ulong)i, 0, 1, 0)).ToArray();

        var made = (TransfersMade)ledger.Accept("plat", Batch with { AccountIds = ids, Entries = entries }).Effects[0];

        Assert.Equal(1_024, made.Outcomes.Length);
    }

    [Fact]
    public void Execute_AfterARestartFromASnapshot_KnowsTheIds()
    {
        var ledger = Opened();
        ledger.Accept("plat", Batch with { Entries = Enumerable.Range(0, 1_000).Select(i => Entry((ulong)i, 0, 1, i % 3)).ToArray() });
        var bytes = StateBytes.Of(ledger.State);
        var again = ledger.Command("plat", Batch with { Entries = Enumerable.Range(990, 20).Select(i => Entry((ulong)i, 0, 1, i % 3)).ToArray() });

        var loaded = StateBytes.Load(bytes);

        Assert.Equal(bytes, StateBytes.Of(loaded.State));
        Assert.Equal(
            StateText.Of(ledger.Run(again)),
            StateText.Of(Assert.IsType<Executed>(loaded.Execute(again, loaded.State.NextSequence, ledger.Now)).Receipt));
        Assert.Equal(StateText.Of(ledger.State), StateText.Of(loaded.State));
    }

    private static TransferEntry Entry(ulong id, uint debit, uint credit, long amount, ulong reference = 0) =>
        new(new UInt128(ulong.MaxValue, id), debit, credit, amount, reference);

    private static TestLedger Opened()
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("plat", SampleCommands.Wallet());
        ledger.Accept("plat", SampleCommands.Wallet("limited") with { Limits = new AccountLimits(0, 50) });
        ledger.Accept("plat", SampleCommands.OwnWallet("plat") with { AccountId = "yen", CurrencyCode = "JPY", Exponent = 0 });
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));
        ledger.Accept("pay", SampleCommands.Deposit(100));
        return ledger;
    }
}
