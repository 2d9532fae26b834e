using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Royalties;

/// <summary>
/// Takes the royalties of a work's ancestors out of its producer revenue, which is the sum of the parts paid in the role
/// producer. Each ancestor gets floor(revenue × royalty ppm / 1,000,000) and the rest stays. What an ancestor gets is its
/// own producer revenue, of which its ancestors get theirs first, and so on up the chain; an ancestor that is reached on
/// several ways counts what it gets on all of them together. What stays with an ancestor goes to its owners by their
/// shares, by largest remainder. All amounts are those of one revenue, so nothing is carried over.
/// </summary>
internal static class RoyaltyLines
{
    /// <summary>
    /// The lines with royalties: the given ones, less what they pay, then one line above 0 for each owner of each ancestor,
    /// ordered by ancestor id, then by the ancestor's owners. The sum stays the same.
    /// </summary>
    /// <param name="work">The work that earned.</param>
    /// <param name="lines">The parts by the agreement.</param>
    /// <param name="works">Where ancestors are found.</param>
    public static List<SplitLine> Carve(Work work, List<SplitLine> lines, WorkTable works)
    {
        var revenue = ProducerRevenue(lines);
        if (revenue == 0 || work.Details.Ancestors.Count == 0)
        {
            return lines;
        }

        var kept = Flow(work, (UInt128)revenue, works);
        var carved = Deduct(lines, revenue, revenue - (long)kept[work.Details.WorkId]);
        foreach (var (id, amount) in kept)
        {
            if (!string.Equals(id, work.Details.WorkId, StringComparison.Ordinal))
            {
                carved.AddRange(OwnersLines(works.Find(id)!, amount, lines[0].Amount));
            }
        }

        return carved;
    }

    private static long ProducerRevenue(List<SplitLine> lines) =>
        lines.Where(line => line.Role == Role.Producer).Sum(line => line.Amount.MinorUnits);

    // What stays with each work, by id. A work is registered after its ancestors, so that going from the newest to the
    // oldest finds everything that a work gets before it passes a part on.
    private static SortedDictionary<string, UInt128> Flow(Work work, UInt128 revenue, WorkTable works)
    {
        var kept = new SortedDictionary<string, UInt128>(StringComparer.Ordinal);
        var waiting = new SortedDictionary<ulong, (Work Work, UInt128 Amount)>
        {
            [ulong.MaxValue - work.RegisteredAtSequence] = (work, revenue),
        };
        while (waiting.Count > 0)
        {
            var (newest, (next, amount)) = waiting.First();
            waiting.Remove(newest);
            var stays = amount;
            foreach (var ancestor in next.Details.Ancestors)
            {
                var royalty = amount * ancestor.RoyaltyPpm / EngineLimits.WholePpm;
                var target = works.Find(ancestor.WorkId)!;
                var key = ulong.MaxValue - target.RegisteredAtSequence;
                stays -= royalty;
                if (royalty > 0)
                {
                    waiting[key] = (target, waiting.GetValueOrDefault(key).Amount + royalty);
                }
            }

            kept.Add(next.Details.WorkId, stays);
        }

        return kept;
    }

    // By the lines' amounts: floor of each, then one unit each, in declared order, to the lines that have a remainder. A
    // line with a remainder pays less than all that it has, so none gets below 0.
    private static List<SplitLine> Deduct(List<SplitLine> lines, long revenue, long royalties)
    {
        var left = royalties;
        var taken = new long[lines.Count];
        var hasRemainder = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Role == Role.Producer)
            {
                var (floor, remainder) = UInt128.DivRem((UInt128)royalties * (UInt128)lines[i].Amount.MinorUnits, (UInt128)revenue);
                (taken[i], hasRemainder[i]) = ((long)floor, remainder > 0);
                left -= taken[i];
            }
        }

        for (var i = 0; left > 0; i++)
        {
            if (hasRemainder[i])
            {
                taken[i]++;
                left--;
            }
        }

        return [.. lines.Select((line, i) =>
            line with { Amount = line.Amount with { MinorUnits = line.Amount.MinorUnits - taken[i] } })];
    }

    private static IEnumerable<SplitLine> OwnersLines(Work ancestor, UInt128 amount, Money currency)
    {
        var owners = ancestor.Details.Owners;
        var parts = OwnerShares.Divide(owners, amount);
        for (var i = 0; i < owners.Count; i++)
        {
            if (parts[i] > 0)
            {
                yield return new SplitLine(
                    owners[i].OrganizationId,
                    Role.Producer,
                    owners[i].Ppm,
                    currency with { MinorUnits = (long)parts[i] },
                    RevenueAccounts.IdOf(owners[i].OrganizationId, currency.CurrencyCode),
                    ancestor.Details.WorkId);
            }
        }
    }
}
