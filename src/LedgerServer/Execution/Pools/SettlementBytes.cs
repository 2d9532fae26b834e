using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Revenue;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// An upper bound of the bytes that a settled work adds to its receipt, from the lengths of its ids alone: the engine knows no
/// encoding, and every machine must stop at the same work. A test holds the encoded receipt to it.
/// </summary>
internal static class SettlementBytes
{
    // Tags, lengths, amounts and numbers of one message beside its ids; the greatest is an opened account with 92.
    private const int Message = 96;

    /// <summary>The bound of one work: its effect with a line a party, a debit, and an opening and a credit a line.</summary>
    public static int Of(Pool pool, string periodId, WorkPart part, DividedRevenue divided)
    {
        var bytes = (2 * Message) + pool.PoolId.Length + periodId.Length + part.WorkId.Length
            + divided.Split.AgreementId.Length + Message + pool.AccountId.Length;
        foreach (var line in divided.Split.Lines)
        {
            bytes += LineOf(line);
        }

        foreach (var credit in divided.Credits)
        {
            bytes += (2 * Message) + (2 * credit.AccountId.Length) + credit.OrganizationId.Length;
        }

        return bytes;
    }

    private static int LineOf(SplitLine line) => Message + line.OrganizationId.Length + line.AccountId.Length + line.RoyaltyOfWorkId.Length;
}
