using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>Royalties and frozen revenue of the reference model.</summary>
internal sealed class ModelRoyalties(ModelState state)
{
    /// <summary>The lines of a sale: of each party, then of the owners of each ancestor that gets something.</summary>
    public List<ModelPart> Lines(string work, (string Organization, bool Produces)[] parties, BigInteger[] parts)
    {
        var earned = parts.Where((_, i) => parties[i].Produces).Aggregate(BigInteger.Zero, (sum, part) => sum + part);
        var kept = Kept(work, earned);
        var own = Reduce(parties, parts, earned, earned - kept[work]);
        var lines = parties.Select((party, i) =>
            new ModelPart(party.Organization, own[i], party.Produces ? state.Works[work].Dispute : null)).ToList();
        foreach (var (id, amount) in kept.Where(k => k.Key != work).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            lines.AddRange(ByShare(state.Works[id].Owners, amount).Select(p => new ModelPart(p.Organization, p.Amount, state.Works[id].Dispute)));
        }

        return lines;
    }

    /// <summary>What each owner gets of an amount, without those who get nothing.</summary>
    public static IEnumerable<(string Organization, BigInteger Amount)> ByShare(List<(string Organization, long Ppm)> owners, BigInteger amount)
    {
        var floors = owners.Select(o => amount * o.Ppm / 1_000_000).ToArray();
        var left = (int)(amount - floors.Aggregate(BigInteger.Zero, (sum, f) => sum + f));
        foreach (var i in Enumerable.Range(0, floors.Length).OrderByDescending(i => amount * owners[i].Ppm % 1_000_000).Take(left))
        {
            floors[i]++;
        }

        return owners.Select((o, i) => (o.Organization, floors[i])).Where(p => p.Item2 > 0);
    }

    // Works stand in the order of their registration, so ancestors stand before those who derive from them.
    private Dictionary<string, BigInteger> Kept(string work, BigInteger earned)
    {
        var amounts = new Dictionary<string, BigInteger> { [work] = earned };
        foreach (var (id, details) in state.Works.Reverse().Where(w => amounts.ContainsKey(w.Key)))
        {
            var all = amounts[id];
            foreach (var (ancestor, ppm) in details.Ancestors)
            {
                var royalty = all * ppm / 1_000_000;
                amounts[id] -= royalty;
                if (royalty > 0)
                {
                    amounts[ancestor] = amounts.GetValueOrDefault(ancestor) + royalty;
                }
            }
        }

        return amounts;
    }

    private static BigInteger[] Reduce((string, bool Produces)[] parties, BigInteger[] parts, BigInteger earned, BigInteger royalties)
    {
        var after = parts.ToArray();
        var left = royalties;
        for (var i = 0; i < parts.Length && royalties > 0; i++)
        {
            var taken = parties[i].Produces ? royalties * parts[i] / earned : 0;
            after[i] -= taken;
            left -= taken;
        }

        for (var i = 0; left > 0; i++)
        {
            if (parties[i].Produces && royalties * parts[i] % earned > 0)
            {
                after[i]--;
                left--;
            }
        }

        return after;
    }
}
