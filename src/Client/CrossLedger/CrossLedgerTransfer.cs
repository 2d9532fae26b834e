using System.Security.Cryptography;

using KpGrpc.Client.Signing;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Client.CrossLedger;

/// <summary>What moves from one ledger to another. The same values must be given whenever a transfer is taken up again.</summary>
/// <param name="TransferId">16 bytes that name it for ever; all ids and idempotency keys follow from them.</param>
/// <param name="PayerAccountId">Account on the sending ledger.</param>
/// <param name="PayeeAccountId">Account on the receiving ledger.</param>
/// <param name="Amount">How much, above 0.</param>
/// <param name="ExpiresAt">When the sending side runs out if it was not captured, by that ledger's time; null for never.</param>
public sealed record CrossLedgerTransfer(
    ReadOnlyMemory<byte> TransferId, string PayerAccountId, string PayeeAccountId, Money Amount, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Id of the hold on the sending ledger.</summary>
    public string SendingHoldId => $"send-{Convert.ToHexStringLower(TransferId.Span)}";

    /// <summary>Id of the hold on the receiving ledger.</summary>
    public string ReceivingHoldId => $"receive-{Convert.ToHexStringLower(TransferId.Span)}";

    // A domain of its own keeps these keys apart from all that are made otherwise.
    internal byte[] KeyOf(CrossLedgerStep step) =>
        SHA256.HashData([.. "kp.client.CrossLedger\n"u8, .. TransferId.Span, (byte)step])[..CommandSigner.IdempotencyKeyBytes];
}
