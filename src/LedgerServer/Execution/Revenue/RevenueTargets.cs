using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>
/// Which account a part of a work's revenue is credited to: the party's, or the escrow of a dispute. Frozen is what the
/// owners of a disputed work earn, that is the parts paid in the role producer, and royalties to its owners where it is an
/// ancestor. Those who sold, hosted or ran it are paid as ever: nobody claims their part.
/// </summary>
internal static class RevenueTargets
{
    /// <summary>The account of a party's part: the one that the terms name, else its revenue account.</summary>
    public static string IdOf(Party party, string currencyCode) =>
        party.AccountId.Length > 0 ? party.AccountId : RevenueAccounts.IdOf(party.OrganizationId, currencyCode);

    /// <summary>The dispute that freezes a line; empty where none does.</summary>
    public static string DisputeOf(SplitLine line, Work work, WorkTable works)
    {
        if (line.RoyaltyOfWorkId.Length > 0)
        {
            return works.Find(line.RoyaltyOfWorkId)!.OpenDisputeId;
        }

        return line.Role == Role.Producer ? work.OpenDisputeId : "";
    }

    /// <summary>The lines with the escrow account in those that a dispute freezes.</summary>
    public static IReadOnlyList<SplitLine> Freeze(Work work, IReadOnlyList<SplitLine> lines, WorkTable works) =>
        [.. lines.Select(line => DisputeOf(line, work, works) is { Length: > 0 } dispute
            ? line with { AccountId = EscrowAccounts.IdOf(dispute, line.Amount.CurrencyCode) }
            : line)];

    /// <summary>The account as the first credit opens it. Accounts that terms name exist, since proposals are held to it.</summary>
    public static Account New(RevenueCredit credit, CommandContext context)
    {
        if (credit.DisputeId.Length == 0)
        {
            return RevenueAccounts.New(credit.OrganizationId, credit.Amount, context);
        }

        var workId = context.State.Disputes.Find(credit.DisputeId)!.WorkId;
        return EscrowAccounts.New(credit.DisputeId, context.State.Works.Find(workId)!, credit.Amount, context);
    }
}
