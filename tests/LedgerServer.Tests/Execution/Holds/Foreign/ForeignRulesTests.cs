using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds.Foreign;

public sealed class ForeignRulesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Capture_SenderThenReceiver_MovesOnBothInEitherOrderOfPlacing(bool sendingFirst)
    {
        var pair = new LedgerPair();
        if (sendingFirst)
        {
            pair.A.Accept("plat", LedgerPair.Sending());
        }

        var placed = pair.B.Accept("op", LedgerPair.Receiving());
        if (!sendingFirst)
        {
            pair.A.Accept("plat", LedgerPair.Sending());
        }

        var captured = pair.A.Accept("plat", LedgerPair.Capture("out", pair.B.Prove(placed)));
        // Anybody who brings the proof may finish the receiving side: who placed it may be gone.
        pair.B.Accept("tech", LedgerPair.Capture("in", pair.A.Prove(captured)));

        pair.AssertEndedAlike(captured: true);
        Assert.Equal(RejectionReason.HoldNotOpen, pair.A.Run("plat", LedgerPair.Release("out")).Reason);
        Assert.Equal(RejectionReason.HoldNotOpen, pair.B.Run("op", LedgerPair.Capture("in", pair.A.Prove(captured))).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Release_SenderThenReceiver_FreesBoth(bool byTime)
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", LedgerPair.Sending(expiresAt: byTime ? pair.A.Ledger.Now + 1 : null));
        pair.B.Accept("op", LedgerPair.Receiving());
        pair.A.Ledger.Now++;
        // Where time decides, any later command may tell it.
        var released = pair.A.Accept("plat", byTime ? SampleCommands.Transfer("wallet", "prod-wallet", 1) : LedgerPair.Release("out"));

        pair.B.Accept("tech", LedgerPair.Release("in", pair.A.Prove(released)));

        Assert.Equal(HoldStatus.Released, pair.B.Ledger.State.Holds.Find("in")!.Status);
        Assert.Equal((UInt128)0, pair.A.Totals("wallet").DebitsHeld);
        Assert.Equal(default, pair.B.Totals("foreign/a/EUR"));
        Assert.Equal(default, pair.B.Totals("prod-wallet"));
    }

    [Fact]
    public void Receiver_BeforeTheSenderHasDecided_CannotEnd()
    {
        var pair = new LedgerPair();
        var sent = pair.A.Accept("plat", LedgerPair.Sending());
        pair.B.Accept("op", LedgerPair.Receiving());

        Assert.Equal(RejectionReason.ForeignReceiptMissing, pair.B.Run("op", LedgerPair.Capture("in", null)).Reason);
        Assert.Equal(RejectionReason.ForeignReceiptMissing, pair.B.Run("op", LedgerPair.Release("in")).Reason);
        Assert.Equal(RejectionReason.ForeignReceiptMismatch, pair.B.Run("op", LedgerPair.Capture("in", pair.A.Prove(sent))).Reason);
        Assert.Equal(RejectionReason.ForeignReceiptMismatch, pair.B.Run("op", LedgerPair.Release("in", pair.A.Prove(sent))).Reason);
        pair.B.Ledger.Now += 100 * OrderTime.MicrosPerDay;
        Assert.Null(pair.B.Ledger.State.Holds.Find("in")!.ExpiresAtMicros);
    }

    [Fact]
    public void Receiver_AfterTheSendersDecision_CannotEndOtherwise()
    {
        var captured = Placed(out var captures);
        Assert.Equal(RejectionReason.ForeignReceiptMismatch, captured.B.Run("op", LedgerPair.Release("in", captures)).Reason);

        var released = new LedgerPair();
        released.A.Accept("plat", LedgerPair.Sending());
        var placed = released.B.Accept("op", LedgerPair.Receiving());
        var releases = released.A.Accept("plat", LedgerPair.Release("out"));
        Assert.Equal(RejectionReason.HoldNotOpen, released.A.Run("plat", LedgerPair.Capture("out", released.B.Prove(placed))).Reason);
        Assert.Equal(RejectionReason.ForeignReceiptMismatch, released.B.Run("op", LedgerPair.Capture("in", released.A.Prove(releases))).Reason);
        released.B.Accept("op", LedgerPair.Release("in", released.A.Prove(releases)));
        released.AssertEndedAlike(captured: false);
    }

    [Fact]
    public void Capture_OfTheSendingSideAfterItsTime_IsRefused()
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", LedgerPair.Sending(expiresAt: pair.A.Ledger.Now + 1));
        var placed = pair.B.Accept("op", LedgerPair.Receiving());
        pair.A.Ledger.Now++;

        Assert.Equal(RejectionReason.HoldExpired, pair.A.Run("plat", LedgerPair.Capture("out", pair.B.Prove(placed))).Reason);
    }

    [Fact]
    public void Capture_OfTheSendingSideWithAnotherPlacing_IsRefused()
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", LedgerPair.Sending());
        var otherHold = pair.B.Accept("op", LedgerPair.Receiving("other", "elsewhere"));
        var otherAmount = pair.B.Accept("op", LedgerPair.Receiving("in", "out", 59));
        var notMade = pair.B.Run("op", LedgerPair.Receiving("late")).Sequence;
        var plain = pair.B.Accept("plat", SampleHolds.Place("plain", 40));
        var sender = pair.B.Accept("plat", LedgerPair.Sending("in2", "out") with
        {
            DestinationAccountId = "foreign/a/EUR",
            Foreign = LedgerPair.Receiving().Foreign,
        });

        foreach (var sequence in new[] { otherHold, otherAmount, notMade, plain, sender })
        {
            Assert.Equal(RejectionReason.ForeignReceiptMismatch, pair.A.Run("plat", LedgerPair.Capture("out", pair.B.Prove(sequence))).Reason);
        }

        Assert.Equal(RejectionReason.ForeignReceiptMissing, pair.A.Run("plat", LedgerPair.Capture("out", null)).Reason);
        Assert.Equal(
            RejectionReason.AmountInvalid,
            pair.A.Run("plat", LedgerPair.Capture("out", null) with { Amount = SampleCommands.Eur(59) }).Reason);
    }

    [Fact]
    public void Capture_OfTheReceivingSideWithAPlainCapture_IsRefused()
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", SampleHolds.Place("out", 60));
        var captured = pair.A.Accept("plat", LedgerPair.Capture("out", null));
        pair.B.Accept("op", LedgerPair.Receiving());

        Assert.Equal(RejectionReason.ForeignReceiptMismatch, pair.B.Run("op", LedgerPair.Capture("in", pair.A.Prove(captured))).Reason);
    }

    [Fact]
    public void Capture_WithATamperedProof_IsRefused()
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", LedgerPair.Sending());
        var placed = pair.B.Accept("op", LedgerPair.Receiving());
        pair.B.Accept("prod", SampleCommands.OwnWallet("prod") with { AccountId = "later" });
        var proof = pair.B.Prove(placed);
        using var otherKey = NoteSigner.Generate(LoggedLedger.OriginOf("b"));
        using var otherLog = NoteSigner.Generate("c.example/log");

        Refuse(new ReceiptProof(proof) { LeafIndex = placed - 1 });
        Refuse(new ReceiptProof(proof) { Checkpoint = proof.Checkpoint[..^6] });
        Refuse(new ReceiptProof(proof) { Checkpoint = "" });
        Refuse(pair.B.Prove(placed, otherKey));
        Refuse(pair.B.Prove(placed, otherLog));
        Refuse(pair.A.Prove(0));
        Refuse(new ReceiptProof(proof) { Hashes = { proof.Hashes[0] } });
        Refuse(new ReceiptProof(proof) { Leaf = ByteString.CopyFromUtf8("no receipt") });
        for (var i = 0; i < proof.Hashes.Count; i++)
        {
            var tampered = new ReceiptProof(proof);
            tampered.Hashes[i] = Flip(tampered.Hashes[i]);
            Refuse(tampered);
            tampered.Hashes[i] = ByteString.CopyFrom(new byte[31]);
            Refuse(tampered);
        }

        for (var i = 0; i < proof.Leaf.Length; i += 7)
        {
            Refuse(new ReceiptProof(proof) { Leaf = Flip(proof.Leaf, i) });
        }

        pair.A.Accept("plat", LedgerPair.Capture("out", proof));

        void Refuse(ReceiptProof wrong) =>
            Assert.Equal(RejectionReason.ForeignReceiptInvalid, pair.A.Run("plat", LedgerPair.Capture("out", wrong)).Reason);
    }

    [Fact]
    public void Place_Faults_AreRefused()
    {
        var pair = new LedgerPair();
        pair.B.Accept("op", LedgerPair.Receiving("first", "twice"));
        var receiving = LedgerPair.Receiving();

        Assert.Equal(RejectionReason.AlreadyExists, pair.B.Run("op", LedgerPair.Receiving("second", "twice")).Reason);
        Assert.Equal(RejectionReason.NotAuthorized, pair.B.Run("prod", receiving).Reason);
        Assert.Equal(RejectionReason.TimeInvalid, pair.B.Run("op", receiving with { ExpiresAtMicros = pair.B.Ledger.Now + 1 }).Reason);
        Assert.Equal(RejectionReason.WrongLedger, pair.B.Run("op", receiving with { Foreign = receiving.Foreign! with { LedgerId = "c" } }).Reason);
        Assert.Equal(RejectionReason.WrongLedger, pair.B.Run("op", receiving with { Foreign = receiving.Foreign! with { LogOrigin = "c" } }).Reason);
        Assert.Equal(RejectionReason.AccountKindWrong, pair.B.Run("op", receiving with { Foreign = null }).Reason);
        Assert.Equal(RejectionReason.AccountKindWrong, pair.B.Run("op", receiving with { DestinationAccountId = "clearing" }).Reason);
        Assert.Equal(RejectionReason.BalanceLimitExceeded, pair.B.Run("op", receiving with { Amount = SampleCommands.Eur(941) }).Reason);
        Assert.Equal(RejectionReason.AccountKindWrong, pair.A.Run("plat", LedgerPair.Sending() with { Foreign = null }).Reason);
        Assert.Equal(RejectionReason.AccountKindWrong, pair.A.Run("plat", LedgerPair.Sending() with { DestinationAccountId = "prod-wallet" }).Reason);
        Assert.Equal(RejectionReason.AccountKindWrong, pair.A.Run("plat", SampleCommands.Transfer("wallet", "foreign/b/EUR", 1)).Reason);
    }

    [Fact]
    public void Receipt_WhereNoneBelongs_IsMalformed()
    {
        var pair = Placed(out var proof);
        pair.A.Accept("plat", SampleHolds.Place("plain", 10));

        Assert.Equal(RejectionReason.Malformed, pair.A.Run("plat", LedgerPair.Capture("plain", proof)).Reason);
        Assert.Equal(RejectionReason.Malformed, pair.A.Run("plat", LedgerPair.Release("plain", proof)).Reason);
    }

    // Both placed, the sending side captured; the proof of that.
    private static LedgerPair Placed(out ReceiptProof captured)
    {
        var pair = new LedgerPair();
        pair.A.Accept("plat", LedgerPair.Sending());
        var placed = pair.B.Accept("op", LedgerPair.Receiving());
        captured = pair.A.Prove(pair.A.Accept("plat", LedgerPair.Capture("out", pair.B.Prove(placed))));
        return pair;
    }

    private static ByteString Flip(ByteString bytes, int at = 0)
    {
        var changed = bytes.ToByteArray();
        changed[at] ^= 1;
        return ByteString.CopyFrom(changed);
    }
}
