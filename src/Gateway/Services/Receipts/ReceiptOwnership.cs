using KpGrpc.Gateway.Services.Purchases;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Gateway.Services.Receipts;

/// <summary>Whose entry it is.</summary>
internal static class ReceiptOwnership
{
    /// <summary>Whether an entry concerns a learner: her wallet, her licence or her account.</summary>
    public static bool IsOf(Receipt receipt, string pseudonym)
    {
        var wallets = Wallets.Prefix(pseudonym);
        return receipt.Effects.Any(effect => effect.ChangeCase switch
        {
            Effect.ChangeOneofCase.PurchaseMade => IsWallet(effect.PurchaseMade.PayerAccountId),
            Effect.ChangeOneofCase.Posting => IsWallet(effect.Posting.AccountId),
            Effect.ChangeOneofCase.AccountOpened => effect.AccountOpened.Account.Owner?.LearnerPseudonym == pseudonym,
            Effect.ChangeOneofCase.LicenceGranted => effect.LicenceGranted.Licence.Holder?.LearnerPseudonym == pseudonym,
            _ => false,
        });

        bool IsWallet(string accountId) => accountId.StartsWith(wallets, StringComparison.Ordinal);
    }

    /// <summary>Whether an entry concerns an organisation: it submitted it, or has a part in it.</summary>
    public static bool IsOfOrganization(Receipt receipt, string organizationId) =>
        receipt.OrganizationId == organizationId
        || receipt.Effects.Any(effect => effect.ChangeCase switch
        {
            Effect.ChangeOneofCase.PurchaseMade => effect.PurchaseMade.Split?.Lines.Any(line => line.OrganizationId == organizationId) == true,
            Effect.ChangeOneofCase.PurchaseRefunded => effect.PurchaseRefunded.Split?.Lines.Any(line => line.OrganizationId == organizationId) == true,
            Effect.ChangeOneofCase.AccountOpened => effect.AccountOpened.Account.Owner?.OrganizationId == organizationId,
            Effect.ChangeOneofCase.WorkRegistered => effect.WorkRegistered.Owners.Any(owner => owner.OrganizationId == organizationId),
            _ => false,
        });
}
