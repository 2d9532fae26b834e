using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Receipts;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

using Receipt = KpGrpc.Protos.Ledger.V1.Receipt;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>
/// Pays into a learner's wallet through the development payment provider: it takes no money anywhere, and signs the
/// deposit with a key that a developer gave it.
/// </summary>
internal sealed class TopUpFlow(
    LedgerKeys keys,
    LedgerWriter writer,
    Wallets wallets,
    ReceiptTranslation receipts,
    Pseudonyms pseudonyms,
    GatewayMetrics metrics,
    IOptions<LedgerOptions> options)
{
    private const string Method = "TopUp";

    public async Task<TopUpResponse> PayInAsync(TopUpRequest request, DateTime callerDeadline, CancellationToken cancellationToken)
    {
        Requests.CheckTopUpBound(request.Amount, options.Value.TopUpMinorUnitsMax);
        var provider = keys.RequireProvider(request.ProviderId);
        var platform = keys.RequirePlatform();
        var pseudonym = pseudonyms.OnLedger(options.Value.LedgerId, request.LearnerId);
        var deposit = ToCommand(request, pseudonym);
        var intent = new LedgerIntent
        {
            Signer = provider,
            Key = KeyOf(pseudonym, request.IdempotencyKey),
            CallerKey = request.IdempotencyKey,
            Prepare = async () =>
            {
                await wallets.EnsureOpenAsync(platform, pseudonym, request.Amount, request.IdempotencyKey, callerDeadline, cancellationToken);
                return payload => payload.Deposit = deposit;
            },
            IsSameEntry = receipt => IsSame(receipt, deposit),
            IsSameCommand = payload => payload.Deposit?.AccountId == deposit.AccountId && deposit.Amount.Equals(payload.Deposit.Amount),
        };
        var written = await writer.WriteAsync(intent, callerDeadline, cancellationToken);
        return await AnswerAsync(request, deposit, written, cancellationToken);
    }

    /// <summary>Key of a learner's payment on the ledger.</summary>
    public static ByteString KeyOf(string pseudonym, ByteString callerKey) =>
        ByteString.CopyFrom(Pseudonyms.DerivedKey("top-up", pseudonym, callerKey.Span));

    private Deposit ToCommand(TopUpRequest request, string pseudonym) => new()
    {
        ClearingAccountId = options.Value.ProviderClearingAccount.Replace("{currency}", request.Amount.CurrencyCode, StringComparison.Ordinal),
        AccountId = Wallets.IdOf(pseudonym, request.Amount.CurrencyCode),
        Amount = request.Amount,
        ExternalReference = "dev-" + Convert.ToHexStringLower(Pseudonyms.DerivedKey("top-up-reference", pseudonym, request.IdempotencyKey.Span)),
    };

    private static bool IsSame(Receipt receipt, Deposit wanted) =>
        receipt.Effects.Any(effect => effect.Posting is { Direction: Direction.Credit } posting
            && posting.AccountId == wanted.AccountId && wanted.Amount.Equals(posting.Amount));

    private async Task<TopUpResponse> AnswerAsync(TopUpRequest request, Deposit deposit, LedgerWrite written, CancellationToken cancellationToken)
    {
        if (written.Entry is not { } entry)
        {
            metrics.Written(Method, "unknown");
            return new TopUpResponse { Outcome = Outcome.Unknown, IdempotencyKey = request.IdempotencyKey };
        }

        if (entry.Receipt.Status == ReceiptStatus.Rejected)
        {
            metrics.Written(Method, "rejected");
            var reason = Rejections.NameOf(entry.Receipt.RejectionReason);
            throw RichErrors.FailedPrecondition(reason, "wallet", $"the ledger rejected the payment ({reason}); nothing was paid in; use a new idempotency key for the next try");
        }

        metrics.Written(Method, written.Replayed ? "replayed" : "completed");
        return new TopUpResponse
        {
            Outcome = Outcome.Completed,
            IdempotencyKey = request.IdempotencyKey,
            Balance = await BalanceAsync(deposit.AccountId, cancellationToken),
            Sequence = entry.Receipt.Sequence,
            Receipt = await receipts.ToLearnerAsync(entry, cancellationToken),
            Replayed = written.Replayed,
        };
    }

    // The money is in: a balance that can't be read now is left out, not an error.
    private async Task<WalletBalance?> BalanceAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            return await wallets.BalanceAsync(accountId, cancellationToken);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
