using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.CrossLedger;

/// <summary>A receipt whose proof was checked offline.</summary>
/// <param name="Receipt">What it says.</param>
/// <param name="Proof">Its bytes and proof.</param>
internal sealed record ProvenReceipt(Receipt Receipt, ReceiptProof Proof)
{
    public bool Accepted => Receipt.Status == ReceiptStatus.Accepted;

    /// <summary>Whether it captured a hold.</summary>
    public bool Captured(string holdId) => Accepted && Receipt.Effects.Any(effect => effect.HoldCaptured?.HoldId == holdId);

    /// <summary>Whether it released a hold, by command or by time.</summary>
    public bool Released(string holdId) => Accepted && Receipt.Effects.Any(effect => effect.HoldReleased?.HoldId == holdId);
}
