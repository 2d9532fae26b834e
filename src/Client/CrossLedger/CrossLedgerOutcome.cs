using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.Client.CrossLedger;

/// <summary>How a transfer between two ledgers stands.</summary>
public abstract record CrossLedgerOutcome
{
    private CrossLedgerOutcome()
    {
    }

    /// <summary>The money has moved on both ledgers.</summary>
    /// <param name="Sending">Receipt of the capture on the sending ledger, verified.</param>
    /// <param name="Receiving">Receipt of the capture on the receiving ledger, verified.</param>
    public sealed record Completed(ReceiptProof Sending, ReceiptProof Receiving) : CrossLedgerOutcome;

    /// <summary>Nothing has moved, and nothing is held any more.</summary>
    /// <param name="Reason">Why, for people: what the ledger said.</param>
    public sealed record Released(string Reason) : CrossLedgerOutcome;

    /// <summary>Not at its end, or nobody knows: run it again, which continues it or reports its end.</summary>
    /// <param name="Step">The step that has no believable receipt yet.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Unknown(CrossLedgerStep Step, string Reason) : CrossLedgerOutcome;
}
