using Google.Protobuf;

using KpGrpc.Gateway.Recording;
using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Receipts;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;

using Microsoft.Extensions.Options;

using PurchaseCommand = KpGrpc.Protos.Payment.V1.Purchase;
using Receipt = KpGrpc.Protos.Ledger.V1.Receipt;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>
/// A purchase from the learner's words to the ledger's receipt: offer, price check, one signed command, and the event
/// that tells the recommender.
/// </summary>
internal sealed class PurchaseFlow(
    LedgerKeys keys,
    LedgerWriter writer,
    Offers offers,
    Wallets wallets,
    ReceiptTranslation receipts,
    PurchaseRecording recording,
    Pseudonyms pseudonyms,
    GatewayMetrics metrics,
    IOptions<LedgerOptions> options)
{
    private const string Method = "Purchase";

    public async Task<PurchaseResponse> BuyAsync(PurchaseRequest request, DateTime callerDeadline, CancellationToken cancellationToken)
    {
        var platform = keys.RequirePlatform();
        var pseudonym = pseudonyms.OnLedger(options.Value.LedgerId, request.LearnerId);
        var command = ToCommand(request, pseudonym);
        var intent = new LedgerIntent
        {
            Signer = platform,
            Key = KeyOf(pseudonym, request.IdempotencyKey),
            CallerKey = request.IdempotencyKey,
            Prepare = async () =>
            {
                command.OfferId = await offers.FindAsync(request.WorkId, request.ExpectedPrice, cancellationToken);
                if (request.ExpectedPrice.MinorUnits == 0)
                {
                    // Who never paid anything in still may take what is free.
                    await wallets.EnsureOpenAsync(platform, pseudonym, request.ExpectedPrice, request.IdempotencyKey, callerDeadline, cancellationToken);
                }

                return payload => payload.Purchase = command;
            },
            IsSameEntry = receipt => IsSame(receipt, command),
            IsSameCommand = payload => IsSame(payload.Purchase, command),
        };
        var written = await writer.WriteAsync(intent, callerDeadline, cancellationToken);
        return await AnswerAsync(request, command, written, cancellationToken);
    }

    /// <summary>Key of a learner's purchase on the ledger.</summary>
    public static ByteString KeyOf(string pseudonym, ByteString callerKey) =>
        ByteString.CopyFrom(Pseudonyms.DerivedKey("purchase", pseudonym, callerKey.Span));

    private static PurchaseCommand ToCommand(PurchaseRequest request, string pseudonym) => new()
    {
        PurchaseId = "p-" + Convert.ToHexStringLower(Pseudonyms.DerivedKey("purchase-id", pseudonym, request.IdempotencyKey.Span)),
        LearnerPseudonym = pseudonym,
        WorkId = request.WorkId,
        ExpectedPrice = request.ExpectedPrice,
        PayerAccountId = Wallets.IdOf(pseudonym, request.ExpectedPrice.CurrencyCode),
    };

    private static bool IsSame(Receipt receipt, PurchaseCommand wanted) =>
        receipt.Effects.Select(effect => effect.PurchaseMade).FirstOrDefault(made => made is not null) is { } made
        && made.PurchaseId == wanted.PurchaseId
        && made.WorkId == wanted.WorkId
        && made.PayerAccountId == wanted.PayerAccountId
        && (made.Split?.Amount is not { } paid || paid.Equals(wanted.ExpectedPrice));

    private static bool IsSame(PurchaseCommand? earlier, PurchaseCommand wanted) =>
        earlier is not null
        && earlier.PurchaseId == wanted.PurchaseId
        && earlier.WorkId == wanted.WorkId
        && earlier.ExpectedPrice.Equals(wanted.ExpectedPrice);

    private async Task<PurchaseResponse> AnswerAsync(
        PurchaseRequest request, PurchaseCommand command, LedgerWrite written, CancellationToken cancellationToken)
    {
        if (written.Entry is not { } entry)
        {
            metrics.Written(Method, "unknown");
            return new PurchaseResponse { Outcome = Outcome.Unknown, IdempotencyKey = request.IdempotencyKey };
        }

        if (entry.Receipt.Status == ReceiptStatus.Rejected)
        {
            metrics.Written(Method, "rejected");
            throw Rejections.ToError(entry.Receipt, $"works/{request.WorkId}");
        }

        metrics.Written(Method, written.Replayed ? "replayed" : "completed");
        await recording.RecordAsync(ToEvent(request, command, entry), cancellationToken);
        return new PurchaseResponse
        {
            Outcome = Outcome.Completed,
            IdempotencyKey = request.IdempotencyKey,
            Receipt = await receipts.ToLearnerAsync(entry, cancellationToken),
            Entitlement = EntitlementOf(entry.Receipt, command),
            Replayed = written.Replayed,
        };
    }

    private static PurchaseEvent ToEvent(PurchaseRequest request, PurchaseCommand command, LedgerEntry entry) => new(
        Pseudonyms.DerivedKey("purchase-event", command.LearnerPseudonym, request.IdempotencyKey.Span),
        request.LearnerId,
        request.WorkId,
        entry.Receipt.OrderedAt.ToDateTimeOffset(),
        request.ExpectedPrice.MinorUnits,
        request.ExpectedPrice.CurrencyCode,
        request.ExpectedPrice.Exponent);

    private static Entitlement EntitlementOf(Receipt receipt, PurchaseCommand command)
    {
        var licence = receipt.Effects.Select(effect => effect.LicenceGranted?.Licence).FirstOrDefault(granted => granted is not null);
        return new Entitlement
        {
            WorkId = command.WorkId,
            LicenceId = licence?.LicenceId ?? command.PurchaseId,
            GrantedAt = licence?.ValidFrom ?? receipt.OrderedAt,
            ExpiresAt = licence?.ValidUntil,
        };
    }
}
