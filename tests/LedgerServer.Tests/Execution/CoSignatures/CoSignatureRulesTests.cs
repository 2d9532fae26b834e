using System.Text;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.CoSignatures;

public sealed class CoSignatureRulesTests
{
    [Fact]
    public void Check_KeyOfAnother_IsRefused() =>
        Refuse(signature => signature with { KeyId = "k-plat" });

    [Fact]
    public void Check_UnknownKey_IsRefused() =>
        Refuse(signature => signature with { KeyId = "k-none" });

    [Fact]
    public void Check_OtherTerms_IsRefused() =>
        Refuse(signature => signature with { TermsHash = TestLedger.Hash("other") });

    [Fact]
    public void Check_NoTerms_IsRefused() =>
        Refuse(signature => signature with { TermsHash = null });

    [Fact]
    public void Check_SignatureThatDoesNotVerify_IsRefused() =>
        Refuse(signature => signature with { Signature = new byte[64] });

    [Fact]
    public void Check_SignatureOfAnotherLength_IsMalformed() =>
        Refuse(signature => signature with { Signature = new byte[63] }, RejectionReason.Malformed);

    [Fact]
    public void Check_KeyForReadingOnly_IsRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("op", new EnrolOrganization(TestLedger.Organization("both", Role.Producer, Role.Auditor) with
        {
            Keys = [TestLedger.Key("k-both", Role.Auditor)],
        }));
        ledger.Accept("prod", SampleCommands.Work());

        ledger.Refuse(RejectionReason.CoSignatureInvalid, "prod", SampleRights.Pass("prod", "both", 1));
    }

    [Fact]
    public void Of_ACommand_IsTheContractsText()
    {
        var command = new TestLedger().Command("prod", SampleCommands.Work());
        var hash = TestLedger.Hash("terms");

        Assert.Equal(
            [
                .. Encoding.ASCII.GetBytes("kp.copyright.v1.CoSignature\nnet\nmain\n"), .. command.IdempotencyKey.ToBytes(),
                .. Encoding.ASCII.GetBytes("prod\n"), .. hash.ToArray(),
            ],
            CoSignatureMessage.Of("net", "main", command, hash));
    }

    private static void Refuse(
        Func<CoSignature, CoSignature> change, RejectionReason reason = RejectionReason.CoSignatureInvalid)
    {
        var ledger = new TestLedger();
        var work = SampleRights.SharedWork();

        ledger.Refuse(reason, "prod", work with { CoSignatures = [change(work.CoSignatures[0])] });
        ledger.Accept("prod", work);
    }
}
