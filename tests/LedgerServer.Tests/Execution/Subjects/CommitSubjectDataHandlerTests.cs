using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Execution.Subjects;

public sealed class CommitSubjectDataHandlerTests
{
    [Fact]
    public void CommitSubjectData_New_IsBoundToTheLog()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("plat", Sample());

        Assert.Equal([new SubjectDataCommitted(SampleCommands.Learner, "profile", new Hash256(new byte[32]))], receipt.Effects);
    }

    [Fact]
    public void CommitSubjectData_WhatMayNotBe_IsRejectedByItsReason()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", Sample());

        ledger.Refuse(RejectionReason.AlreadyExists, "plat", Sample());
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", Sample("other"));
        ledger.Refuse(RejectionReason.RoleMissing, "tech", Sample("other"));
        ledger.Refuse(RejectionReason.Malformed, "plat", Sample("other") with { Commitment = new byte[31] });
        ledger.Refuse(RejectionReason.Malformed, "plat", Sample("no id"));
        ledger.Accept("plat", new EraseSubject(SampleCommands.Learner, ""));
        ledger.Refuse(RejectionReason.SubjectErased, "plat", Sample("other"));
    }

    [Fact]
    public void CommitSubjectData_OneTooMany_IsRejected()
    {
        var ledger = new TestLedger();
        for (var i = 0; i < EngineLimits.DataPerSubjectMax; i++)
        {
            ledger.Accept("plat", Sample($"d{i}"));
        }

        ledger.Refuse(RejectionReason.LimitReached, "plat", Sample("more"));
    }

    internal static CommitSubjectData Sample(string id = "profile") =>
        new() { SubjectPseudonym = SampleCommands.Learner, DataId = id, Commitment = new byte[32] };
}
