using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Royalties;

public sealed class RoyaltyLinesTests
{
    [Fact]
    public void Execute_SaleOfADerivative_PaysUpTheChainAndKeepsTheSum()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleCommands.Work("root", new OwnerShare("prod2", 500_000), new OwnerShare("tech", 500_000)));
        ledger.Accept("prod2", Derived("middle", "prod2", new Ancestor("root", 100_000)));
        ledger.Accept("prod", Derived("leaf", "prod", new Ancestor("middle", 200_000), new Ancestor("root", 10_000)));
        ledger.Accept("prod", SampleCommands.Offer("leaf-offer", "leaf"));

        var receipt = ledger.Accept("plat", SampleCommands.Purchase() with { WorkId = "leaf", OfferId = "leaf-offer" });

        // 7,005 of the producer: 1,401 to middle, 70 to root; middle passes 140 on, so that root has 210.
        Assert.Equal(
            [
                ("prod", 5_534L, ""), ("plat", 2_001, ""), ("tech", 701, ""), ("op", 300, ""),
                ("prod2", 1_261, "middle"), ("prod2", 105, "root"), ("tech", 105, "root"),
            ],
            receipt.Effects.OfType<PurchaseMade>().Single().Split.Lines.Select(l => (l.OrganizationId, l.Amount.MinorUnits, l.RoyaltyOfWorkId)));
        Assert.Equal(3, receipt.Effects.OfType<Posting>().Count(posting => posting.Reason == PostingReason.Royalty));
    }

    [Fact]
    public void Execute_AncestorInDispute_FreezesItsRoyaltyOnly()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleCommands.Work("root", new OwnerShare("prod2", 1_000_000)));
        ledger.Accept("prod", Derived("leaf", "prod", new Ancestor("root", 1_000_000)));
        ledger.Accept("prod", SampleCommands.Offer("leaf-offer", "leaf"));
        ledger.Accept("tech", SampleDisputes.Open(work: "root"));

        var receipt = ledger.Accept("plat", SampleCommands.Purchase() with { WorkId = "leaf", OfferId = "leaf-offer" });

        Assert.Equal(
            ["wallet", "revenue/plat/EUR", "revenue/tech/EUR", "revenue/op/EUR", "escrow/dispute/EUR"],
            receipt.Effects.OfType<Posting>().Select(posting => posting.AccountId));
        ledger.Accept("op", SampleDisputes.Dismiss());
        Assert.Equal((UInt128)7_005, ledger.State.Accounts.Find("revenue/prod2/EUR")!.Totals.CreditsPosted);
    }

    [Fact]
    public void RegisterWork_AncestorsBeyondTheRules_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work("work0"));
        for (var i = 1; i <= EngineLimits.AncestryDepthMax; i++)
        {
            ledger.Accept("prod", Derived($"work{i}", "prod", new Ancestor($"work{i - 1}", 1)));
        }

        ledger.Refuse(RejectionReason.AncestryTooDeep, "prod", Derived("deep", "prod", new Ancestor("work8", 0)));
        ledger.Refuse(RejectionReason.UnknownAncestor, "prod", Derived("self", "prod", new Ancestor("self", 0)));
        ledger.Refuse(RejectionReason.Malformed, "prod", Derived("twice", "prod", new Ancestor("work0", 0), new Ancestor("work0", 1)));
        ledger.Refuse(
            RejectionReason.RoyaltyInvalid, "prod", Derived("much", "prod", new Ancestor("work0", 600_000), new Ancestor("work1", 400_001)));
    }

    private static RegisterWork Derived(string id, string owner, params Ancestor[] ancestors)
    {
        var work = SampleCommands.Work(id, new OwnerShare(owner, 1_000_000));
        return work with { Work = work.Work with { Ancestors = ancestors } };
    }
}
