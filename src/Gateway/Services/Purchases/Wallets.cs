using Google.Protobuf;
using Grpc.Core;
using KpGrpc.Gateway.Security;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>Learners' wallets on the ledger: one a learner and currency, named after her pseudonym.</summary>
internal sealed class Wallets(PaymentService.PaymentServiceClient payments, LedgerWriter writer, IOptions<LedgerOptions> options)
{
    private const int CurrenciesMax = 100;

    private readonly string ledgerId = options.Value.LedgerId;

    /// <summary>Id of a wallet.</summary>
    public static string IdOf(string pseudonym, string currencyCode) => $"{Prefix(pseudonym)}{currencyCode}";

    /// <summary>What the ids of all wallets of a learner start with.</summary>
    public static string Prefix(string pseudonym) => $"wallet/{pseudonym}/";

    /// <summary>Opens a wallet unless it is open.</summary>
    /// <param name="platform">Who opens it.</param>
    /// <param name="pseudonym">Whose it is.</param>
    /// <param name="money">Its currency and exponent.</param>
    /// <param name="callerKey">Key of the write that needs it.</param>
    /// <param name="callerDeadline">When the caller stops listening, UTC.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    public async Task EnsureOpenAsync(
        LedgerSigner platform, string pseudonym, Money money, ByteString callerKey, DateTime callerDeadline, CancellationToken cancellationToken)
    {
        var accountId = IdOf(pseudonym, money.CurrencyCode);
        if (await FindAsync(accountId, cancellationToken) is not null)
        {
            return;
        }

        var open = new OpenAccount
        {
            AccountId = accountId,
            Owner = new AccountOwner { LearnerPseudonym = pseudonym },
            Kind = AccountKind.Wallet,
            CurrencyCode = money.CurrencyCode,
            Exponent = money.Exponent,
        };
        var intent = new LedgerIntent
        {
            Signer = platform,
            Key = ByteString.CopyFrom(Pseudonyms.DerivedKey("open-wallet", pseudonym, callerKey.Span)),
            CallerKey = callerKey,
            Prepare = () => Task.FromResult<Action<CommandPayload>>(payload => payload.OpenAccount = open),
            IsSameEntry = _ => true,
            IsSameCommand = _ => true,
        };
        var written = await writer.WriteAsync(intent, callerDeadline, cancellationToken);
        if (written.Entry is null)
        {
            throw RichErrors.Unavailable(
                "the ledger did not say whether the wallet was opened; no money moved; repeat with the same idempotency key", TimeSpan.FromSeconds(1));
        }

        if (written.Entry.Receipt is { Status: ReceiptStatus.Rejected, RejectionReason: not RejectionReason.AlreadyExists } rejected)
        {
            throw Rejections.ToError(rejected, open.AccountId);
        }
    }

    /// <summary>The balance of a wallet.</summary>
    /// <returns>The balance; null where the wallet was never opened.</returns>
    public async Task<WalletBalance?> BalanceAsync(string accountId, CancellationToken cancellationToken) =>
        await FindAsync(accountId, cancellationToken) is { } found ? ToBalance(found.Balance) : null;

    /// <summary>All balances of a learner, by currency code.</summary>
    public async Task<GetWalletResponse> ListAsync(string pseudonym, CancellationToken cancellationToken)
    {
        var request = new ListAccountsRequest
        {
            LedgerId = ledgerId,
            Owner = new AccountOwner { LearnerPseudonym = pseudonym },
            Kind = AccountKind.Wallet,
            PageSize = CurrenciesMax,
        };
        var accounts = await payments.ListAccountsAsync(request, cancellationToken: cancellationToken);
        var answer = new GetWalletResponse();
        ulong? asOf = null;
        foreach (var account in accounts.Accounts.OrderBy(account => account.CurrencyCode, StringComparer.Ordinal))
        {
            if (await FindAsync(account.AccountId, cancellationToken) is { } found)
            {
                answer.Balances.Add(ToBalance(found.Balance));
                asOf = Math.Min(asOf ?? ulong.MaxValue, found.Balance.AsOfSequence);
            }
        }

        answer.AsOfSequence = asOf ?? 0;
        return answer;
    }

    private async Task<GetAccountResponse?> FindAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            return await payments.GetAccountAsync(new GetAccountRequest { LedgerId = ledgerId, AccountId = accountId }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static WalletBalance ToBalance(Balance balance)
    {
        var posted = balance.CreditsPosted.Clone();
        posted.MinorUnits = checked(balance.CreditsPosted.MinorUnits - balance.DebitsPosted.MinorUnits);
        var held = balance.DebitsHeld?.Clone() ?? new Money { CurrencyCode = posted.CurrencyCode, Exponent = posted.Exponent };
        var available = posted.Clone();
        available.MinorUnits = posted.MinorUnits - held.MinorUnits;
        return new WalletBalance { Posted = posted, Held = held, Available = available };
    }
}
