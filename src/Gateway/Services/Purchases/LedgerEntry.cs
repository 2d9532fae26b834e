using KpGrpc.Protos.Audit.V1;

using Receipt = KpGrpc.Protos.Ledger.V1.Receipt;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>An entry of the ledger's log.</summary>
/// <param name="Receipt">The leaf, decoded.</param>
/// <param name="Proof">The leaf as logged, with its proof.</param>
internal sealed record LedgerEntry(Receipt Receipt, ReceiptProof Proof)
{
    public static LedgerEntry Decode(ReceiptProof proof) => new(Receipt.Parser.ParseFrom(proof.Leaf), proof);
}
