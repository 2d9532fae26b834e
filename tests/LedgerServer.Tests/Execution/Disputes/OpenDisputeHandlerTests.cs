using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Tests.Execution.Disputes;

public sealed class OpenDisputeHandlerTests
{
    [Fact]
    public void Execute_OnAWork_FreezesWhatItsProducersEarn()
    {
        var ledger = SampleCommands.ReadyToSell();

        var opened = ledger.Accept("prod2", SampleDisputes.Open());
        var sale = ledger.Accept("plat", SampleCommands.Purchase());

        Assert.Equal(new DisputeOpened("dispute", "work"), Assert.Single(opened.Effects));
        Assert.Equal("dispute", ledger.State.Works.Find("work")!.OpenDisputeId);
        Assert.Equal(
            [
                ("wallet", 10_007L, PostingReason.PurchaseCharge), ("escrow/dispute/EUR", 7_005, PostingReason.Escrow),
                ("revenue/plat/EUR", 2_001, PostingReason.PurchaseShare), ("revenue/tech/EUR", 701, PostingReason.PurchaseShare),
                ("revenue/op/EUR", 300, PostingReason.PurchaseShare),
            ],
            sale.Effects.OfType<Posting>().Select(p => (p.AccountId, p.Amount.MinorUnits, p.Reason)));
        Assert.Equal("escrow/dispute/EUR", sale.Effects.OfType<PurchaseMade>().Single().Split.Lines[0].AccountId);
        Assert.Equal(AccountKind.Escrow, ledger.State.Accounts.Find("escrow/dispute/EUR")!.Account.Kind);
        Assert.Equal(("prod", 7_005L), ledger.State.Disputes.EscrowOf("dispute").Select(s => (s.OrganizationId, s.Amount.MinorUnits)).Single());
    }

    [Fact]
    public void Execute_OnAWork_StopsTransfersAndGifts()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("reg", SampleDisputes.Open());

        ledger.Refuse(RejectionReason.WorkInDispute, "prod", SampleRights.Pass("prod", "prod2", 1));
        ledger.Refuse(RejectionReason.WorkInDispute, "prod", SampleRights.Grant());
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod2", SampleDisputes.Open());

        ledger.Refuse(RejectionReason.RoleMissing, "aud", SampleDisputes.Open("other"));
        ledger.Refuse(RejectionReason.Malformed, "prod2", SampleDisputes.Open(new string('d', 117)));
        ledger.Refuse(RejectionReason.Malformed, "prod2", SampleDisputes.Open("other") with { Claim = "" });
        ledger.Refuse(RejectionReason.Malformed, "prod2", SampleDisputes.Open("other") with { EvidenceHashes = [new byte[31]] });
        ledger.Refuse(RejectionReason.AlreadyExists, "prod2", SampleDisputes.Open());
        ledger.Refuse(RejectionReason.UnknownWork, "prod2", SampleDisputes.Open("other", "none"));
        ledger.Refuse(RejectionReason.WorkInDispute, "plat", SampleDisputes.Open("other"));
        ledger.Refuse(RejectionReason.Malformed, "pay", SampleCommands.OwnWallet("pay") with { AccountId = "escrow/dispute/EUR" });
    }
}
