using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Wire;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class SettlePoolHandlerTests
{
    [Fact]
    public void SettlePool_ProRata_DividesByAllUsageThenByTheAgreement()
    {
        var ledger = Used(PoolMethod.ProRata);

        var receipt = ledger.Accept("plat", PoolCommands.Settlement(1_001));

        // 1,001 by 3 to 1: 750.75 and 250.25.
        var settled = receipt.Effects.OfType<PoolSettled>().ToArray();
        Assert.Equal(
            [("work", 3UL, 751L, 1U), ("work2", 1UL, 250L, 0U)],
            settled.Select(s => (s.WorkId, s.Units, s.Split.Amount.MinorUnits, s.WorksRemaining)));
        Assert.All(settled, s => Assert.Equal(RevenueKind.Subscription, s.Split.RevenueKind));
        Assert.Equal([526L, 150, 53, 22], settled[0].Split.Lines.Select(line => line.Amount.MinorUnits));
        Assert.Equal(0, Balance(ledger, "pool-account"));
        Assert.Equal(526 + 175, Balance(ledger, "revenue/prod/EUR"));
        Assert.All(receipt.Effects.OfType<Posting>(), posting => Assert.Equal(PostingReason.PoolShare, posting.Reason));
        Assert.True(Assert.Single(ledger.State.Accounts.TrialBalance).IsBalanced);
        var line = PostingBook.Of(ledger.State, "revenue/prod/EUR")[1];
        Assert.Equal(("pool", "work2", "agreement", 1U), (line.ReferenceId, line.WorkId, line.AgreementId, line.AgreementVersion));
        ledger.Refuse(RejectionReason.PoolAlreadySettled, "plat", PoolCommands.Settlement());
    }

    [Fact]
    public void SettlePool_UserCentric_DividesEachPaymentByItsOwnUsage()
    {
        var ledger = Used(PoolMethod.UserCentric);

        var receipt = ledger.Accept("op", PoolCommands.Settlement());

        // The learner's 601 went to work alone; the other one paid 400 and used work2 alone.
        Assert.Equal(
            [("work", 601L), ("work2", 400L)],
            receipt.Effects.OfType<PoolSettled>().Select(s => (s.WorkId, s.Split.Amount.MinorUnits)));
    }

    [Fact]
    public void SettlePool_Faults_AreRefused()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Refuse(RejectionReason.RoleMissing, "tech", PoolCommands.Settlement());
        ledger.Refuse(RejectionReason.Malformed, "plat", PoolCommands.Settlement() with { PoolId = "" });
        ledger.Refuse(RejectionReason.UnknownPool, "plat", PoolCommands.Settlement() with { PoolId = "none" });
        ledger.Refuse(RejectionReason.UnknownPeriod, "plat", PoolCommands.Settlement() with { PeriodId = "none" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", PoolCommands.Settlement());
        ledger.Refuse(RejectionReason.PeriodNotOver, "plat", PoolCommands.Settlement());
        ledger.Now += 30 * PoolCommands.Day;
        ledger.Refuse(RejectionReason.AmountInvalid, "plat", PoolCommands.Settlement());
        ledger.Accept("plat", PoolCommands.Payment("s", 100));
        ledger.Refuse(RejectionReason.PoolAmountMismatch, "plat", PoolCommands.Settlement(99));
        ledger.Refuse(RejectionReason.PoolAmountMismatch, "plat", PoolCommands.Settlement() with { ExpectedAmount = new Money(100, "JPY", 0) });
        ledger.Refuse(RejectionReason.PoolWithoutUsage, "plat", PoolCommands.Settlement(100));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1)));
        ledger.Accept("plat", PoolCommands.Settlement(100));
    }

    [Fact]
    public void SettlePool_UsageTooSmallForAUnit_GetsZero()
    {
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Payment("s", 1));
        ledger.Accept("plat", PoolCommands.Usage(PoolCommands.Use("work", 1), PoolCommands.Use("work2", 9)));
        ledger.Now += 30 * PoolCommands.Day;

        var settled = ledger.Accept("plat", PoolCommands.Settlement()).Effects.OfType<PoolSettled>().ToArray();

        Assert.Equal([0L, 1], settled.Select(s => s.Split.Amount.MinorUnits));
        Assert.All(settled[0].Split.Lines, line => Assert.Equal(0, line.Amount.MinorUnits));
    }

    [Fact]
    public void SettlePool_MostWorks_GoesOnReceiptByReceiptAndSumsUpExactly()
    {
        const int works = 2_000;
        var ledger = PoolCommands.ReadyToPool();
        ledger.Accept("plat", PoolCommands.Payment("s", 49_999));
        var longId = new string('w', EngineLimits.IdLengthMax - 5);
        for (var i = 0; i < works; i++)
        {
            ledger.Accept("prod", SampleCommands.Work($"{longId}{i:d5}"));
        }

        foreach (var chunk in Enumerable.Range(0, works).Chunk(EngineLimits.UsageEntriesMax))
        {
            ledger.Accept("plat", PoolCommands.Usage([.. chunk.Select(i => PoolCommands.Use($"{longId}{i:d5}", (ulong)(i % 7) + 1))]));
        }

        ledger.Now += 30 * PoolCommands.Day;
        var encoder = new ReceiptEncoder("test-net", "main");

        var receipts = ledger.SettleAll();

        Assert.True(receipts.Count > 1);
        Assert.All(receipts, receipt => Assert.InRange(encoder.Encode(receipt).Length, 1, EngineLimits.SettlementBytesMax));
        var settled = receipts.SelectMany(receipt => receipt.Effects.OfType<PoolSettled>()).ToArray();
        Assert.Equal(works, settled.Length);
        Assert.Equal(settled.Select(s => s.WorkId).Order(StringComparer.Ordinal), settled.Select(s => s.WorkId));
        Assert.Equal(49_999, settled.Sum(s => s.Split.Amount.MinorUnits));
        Assert.Equal(Enumerable.Range(0, works).Reverse().Select(i => (uint)i), settled.Select(s => s.WorksRemaining));
        Assert.Equal(0, Balance(ledger, "pool-account"));
        Assert.Equal(receipts.Select(r => r.Sequence), ledger.State.Periods.Find("period")!.SettledAtSequences);
    }

    [Fact]
    public void SettlePool_AgreementEndedMeanwhile_IsRefusedAsAWhole()
    {
        var ledger = Used(PoolMethod.ProRata, untilDay: 29);

        ledger.Refuse(RejectionReason.NoActiveAgreement, "plat", PoolCommands.Settlement());
        ledger.Refuse(
            RejectionReason.PeriodHasOpenPools, "op", new KpGrpc.LedgerServer.Execution.Periods.CloseSettlementPeriod("period"));
        Assert.Equal(1_001, Balance(ledger, "pool-account"));
    }

    private static TestLedger Used(PoolMethod method, int? untilDay = null)
    {
        var ledger = PoolCommands.ReadyToPool(method, untilDay);
        ledger.Accept("plat", PoolCommands.Payment("s1", 601));
        ledger.Accept("plat", PoolCommands.Payment("s2", 400, PoolCommands.OtherLearner));
        ledger.Accept("tech", PoolCommands.Usage(PoolCommands.Use("work", 3), PoolCommands.Use("work2", 1, PoolCommands.OtherLearner)));
        ledger.Now += 30 * PoolCommands.Day;
        return ledger;
    }

    private static long Balance(TestLedger ledger, string account)
    {
        var totals = ledger.State.Accounts.Find(account)!.Totals;
        return (long)((Int128)totals.CreditsPosted - (Int128)totals.DebitsPosted);
    }
}
