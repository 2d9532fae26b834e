namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>A way for one command into a ledger.</summary>
public enum SubmissionDoor
{
    /// <summary>Submit.</summary>
    OneCommand,

    /// <summary>SubmitBatch with commands that are signed one by one.</summary>
    SignedCommands,

    /// <summary>SubmitBatch with a batch under one signature.</summary>
    SignedBatch,
}
