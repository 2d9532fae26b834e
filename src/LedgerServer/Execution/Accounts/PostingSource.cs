namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>What the postings of one command came from, for statements.</summary>
/// <param name="ReferenceId">Purchase; empty where none.</param>
/// <param name="WorkId">Work; empty where none.</param>
/// <param name="AgreementId">Agreement; empty where none.</param>
/// <param name="AgreementVersion">Its version; 0 where none.</param>
internal sealed record PostingSource(string ReferenceId, string WorkId, string AgreementId, uint AgreementVersion)
{
    /// <summary>Nothing but the command itself.</summary>
    public static PostingSource None { get; } = new("", "", "", 0);
}
