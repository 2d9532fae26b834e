using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>
/// Which account a part of a work's revenue is credited to. The one place to send it elsewhere, such as into the escrow of
/// a dispute about the work: <see cref="IdOf"/> names the account, so that the line of the receipt shows it too, and
/// <see cref="New"/> says what the first credit opens under that id. Neither is called by handlers.
/// </summary>
internal static class RevenueTargets
{
    /// <summary>The account of a party's part: the one that the terms name, else its revenue account.</summary>
    public static string IdOf(Party party, string currencyCode) =>
        party.AccountId.Length > 0 ? party.AccountId : RevenueAccounts.IdOf(party.OrganizationId, currencyCode);

    /// <summary>The account as the first credit opens it. Accounts that terms name exist, since proposals are held to it.</summary>
    public static Account New(RevenueCredit credit, CommandContext context) =>
        RevenueAccounts.New(credit.OrganizationId, credit.Amount, context);
}
