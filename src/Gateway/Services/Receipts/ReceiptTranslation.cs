using System.Globalization;

using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;

using LedgerProof = KpGrpc.Protos.Audit.V1.ReceiptProof;
using LedgerReceipt = KpGrpc.Protos.Ledger.V1.Receipt;
using Receipt = KpGrpc.Protos.Learner.V1.Receipt;
using ReceiptProof = KpGrpc.Protos.Learner.V1.ReceiptProof;
using SplitLine = KpGrpc.Protos.Learner.V1.SplitLine;

namespace KpGrpc.Gateway.Services.Receipts;

/// <summary>Puts a ledger entry into readable form. The proof's leaf stays as it was logged.</summary>
internal sealed class ReceiptTranslation(LogKey logKey)
{
    public async Task<Receipt> ToLearnerAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var receipt = new Receipt
        {
            Kind = ReceiptKind.Other,
            LedgerId = entry.Receipt.LedgerId,
            Sequence = entry.Receipt.Sequence,
            CommittedAt = entry.Receipt.OrderedAt,
            Proof = ToProof(entry.Proof, await logKey.FindAsync(entry.Receipt.LedgerId, cancellationToken)),
        };
        if (First(entry.Receipt, effect => effect.PurchaseMade) is { } made)
        {
            receipt.Kind = ReceiptKind.Purchase;
            receipt.PurchaseId = made.PurchaseId;
            receipt.WorkId = made.WorkId;
            receipt.LicenceId = First(entry.Receipt, effect => effect.LicenceGranted)?.Licence.LicenceId ?? string.Empty;
            SetSplit(receipt, made.Split);
        }
        else if (First(entry.Receipt, effect => effect.PurchaseRefunded) is { } refunded)
        {
            var revoked = First(entry.Receipt, effect => effect.LicenceRevoked);
            receipt.Kind = ReceiptKind.Refund;
            receipt.PurchaseId = refunded.PurchaseId;
            receipt.WorkId = revoked?.WorkId ?? string.Empty;
            receipt.LicenceId = revoked?.LicenceId ?? string.Empty;
            SetSplit(receipt, refunded.Split);
        }
        else
        {
            receipt.Amount = First(entry.Receipt, effect => effect.Posting)?.Amount;
        }

        return receipt;
    }

    private static T? First<T>(LedgerReceipt receipt, Func<Effect, T?> part)
        where T : class =>
        receipt.Effects.Select(part).FirstOrDefault(found => found is not null);

    private static void SetSplit(Receipt receipt, SplitResult? split)
    {
        if (split is null)
        {
            return;
        }

        receipt.Amount = split.Amount;
        receipt.AgreementId = split.AgreementId;
        receipt.Split.Add(split.Lines.Select(line => new SplitLine
        {
            PartyId = line.OrganizationId,
            Role = ToRole(line.Role),
            Ppm = line.Ppm,
            Amount = line.Amount,
        }));
    }

    private static SplitRole ToRole(Role role) => role switch
    {
        Role.Producer => SplitRole.Content,
        Role.Platform => SplitRole.Platform,
        Role.Technology => SplitRole.Technology,
        Role.Operator => SplitRole.Operator,
        _ => SplitRole.Other,
    };

    private static ReceiptProof ToProof(LedgerProof proof, string vkey)
    {
        var slim = new ReceiptProof
        {
            Leaf = proof.Leaf,
            LeafIndex = proof.LeafIndex,
            TreeSize = TreeSize(proof.Checkpoint),
            Checkpoint = proof.Checkpoint,
            TlogProof = proof.TlogProof,
            LogVkey = vkey,
        };
        slim.InclusionHashes.Add(proof.Hashes);
        return slim;
    }

    // Second line of a C2SP checkpoint; 0 where there is none.
    private static ulong TreeSize(string checkpoint) =>
        checkpoint.Split('\n') is { Length: > 1 } lines && ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
}
