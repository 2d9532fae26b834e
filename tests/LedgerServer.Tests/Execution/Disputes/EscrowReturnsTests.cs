using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Disputes;

public sealed class EscrowReturnsTests
{
    private static readonly Refund Full = new() { RefundId = "r", PurchaseId = "purchase" };

    [Fact]
    public void Execute_WhileDisputed_TakesTheFrozenPartFromTheEscrow()
    {
        var ledger = Disputed();

        var receipt = ledger.Accept("plat", Full with { Amount = SampleCommands.Eur(1_000) });

        Assert.Contains(("escrow/dispute/EUR", Direction.Debit, 700L), Moves(receipt));
        Assert.Equal(("prod", 6_305L), ledger.State.Disputes.EscrowOf("dispute").Select(s => (s.OrganizationId, s.Amount.MinorUnits)).Single());
        var resolved = ledger.Accept("op", SampleDisputes.Dismiss());
        Assert.Equal([("escrow/dispute/EUR", Direction.Debit, 6_305L), ("revenue/prod/EUR", Direction.Credit, 6_305)], Moves(resolved));
        ledger.Accept("plat", Full with { RefundId = "rest" });
        AssertAllGivenBack(ledger);
    }

    [Fact]
    public void Execute_AllWhileDisputed_LeavesNothingToPayOut()
    {
        var ledger = Disputed();

        ledger.Accept("plat", Full);

        Assert.Empty(ledger.State.Disputes.EscrowOf("dispute"));
        AssertAllGivenBack(ledger);
        Assert.Equal(
            [typeof(DisputeVoted), typeof(DisputeResolved)], ledger.Accept("op", SampleDisputes.Uphold()).Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void Execute_AfterUpheldForSeveral_TakesFromEachWhatItGot()
    {
        var ledger = Disputed();
        ledger.Accept("op", SampleDisputes.Uphold(owners: [new OwnerShare("tech", 333_333), new OwnerShare("prod2", 666_667)]));

        var receipt = ledger.Accept("plat", Full with { Amount = SampleCommands.Eur(1_000) });

        Assert.Equal(
            [
                ("revenue/prod2/EUR", Direction.Debit, 467L), ("escrow/dispute/EUR", Direction.Credit, 467),
                ("revenue/tech/EUR", Direction.Debit, 233), ("escrow/dispute/EUR", Direction.Credit, 233),
                ("escrow/dispute/EUR", Direction.Debit, 700), ("revenue/plat/EUR", Direction.Debit, 200),
                ("revenue/tech/EUR", Direction.Debit, 70), ("revenue/op/EUR", Direction.Debit, 30), ("wallet", Direction.Credit, 1_000),
            ],
            Moves(receipt));
        Assert.Equal([("prod2", 4_203L), ("tech", 2_102)], ledger.State.Disputes.PaidOf("dispute").Select(s => (s.OrganizationId, s.Amount.MinorUnits)));
        ledger.Accept("plat", Full with { RefundId = "rest" });
        Assert.Empty(ledger.State.Disputes.PaidOf("dispute"));
        AssertAllGivenBack(ledger);
    }

    [Fact]
    public void Execute_AfterUpheldForOne_TakesFromTheNewOwner()
    {
        var ledger = Disputed();
        ledger.Accept("op", SampleDisputes.Uphold());

        var receipt = ledger.Accept("plat", Full);

        Assert.Equal(("revenue/prod2/EUR", Direction.Debit, 7_005L), Moves(receipt).First());
        AssertAllGivenBack(ledger);
    }

    [Fact]
    public void Execute_ChargebackAfterTheNewOwnerSpentIt_PutsTheOwnerIntoOverdraft()
    {
        var ledger = Disputed();
        ledger.Accept("op", SampleDisputes.Uphold());
        ledger.Accept("prod2", SampleCommands.OwnWallet("prod2"));
        ledger.Accept("prod2", SampleCommands.Transfer("revenue/prod2/EUR", "prod2-wallet", 7_000));

        ledger.Refuse(RejectionReason.InsufficientFunds, "plat", Full);
        ledger.Accept("pay", new Chargeback { ChargebackId = "c", PurchaseId = "purchase", ExternalReference = "ref" });

        Assert.Equal(new AccountTotals(14_005, 7_005, 0, 0), ledger.Totals("revenue/prod2/EUR"));
        Assert.Equal(new AccountTotals(14_010, 14_010, 0, 0), ledger.Totals("escrow/dispute/EUR"));
    }

    private static TestLedger Disputed()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleDisputes.Open());
        ledger.Accept("plat", SampleCommands.Purchase());
        return ledger;
    }

    private static IEnumerable<(string, Direction, long)> Moves(Receipt receipt) =>
        receipt.Effects.OfType<Posting>().Select(posting => (posting.AccountId, posting.Direction, posting.Amount.MinorUnits));

    private static void AssertAllGivenBack(TestLedger ledger) => Assert.All(
        ledger.State.Accounts.All.Where(account => account.Account.Kind is AccountKind.Revenue or AccountKind.Escrow),
        account => Assert.Equal(account.Totals.CreditsPosted, account.Totals.DebitsPosted));
}
