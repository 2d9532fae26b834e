using System.Numerics;
using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

/// <summary>One split, and how it divides: sorts where the engine searches, and starts again where the engine goes on.</summary>
internal sealed record ModelSplit(string Kind, ModelParty[] Parties, string Rounding, string Dust)
{
    public string? LimitCurrency => Parties.Select(p => p.LimitCurrency).FirstOrDefault(c => c is not null);

    private int DustIndex => Array.FindIndex(Parties, p => p.Organization == Dust);

    public static ModelSplit Of(SplitTerms split) => new(
        $"{split.RevenueKind}",
        [.. split.Parties.Select(p => new ModelParty(p.OrganizationId, $"{p.Role}", p.Ppm)
        {
            Cap = p.CapPerSale?.MinorUnits,
            Floor = p.FloorPerSale?.MinorUnits,
            LimitCurrency = p.CapPerSale?.CurrencyCode ?? p.FloorPerSale?.CurrencyCode,
            Guaranteed = p.MinimumGuarantee?.MinorUnits,
            GuaranteeCurrency = p.MinimumGuarantee?.CurrencyCode,
            Guarantor = p.GuarantorOrganizationId,
        })],
        $"{split.Rounding}",
        split.DustOrganizationId);

    public BigInteger[] Divide(BigInteger amount)
    {
        var floors = new BigInteger[Parties.Length];
        var rest = amount;
        for (var i = 0; i < floors.Length; i++)
        {
            floors[i] = BigInteger.Min(Parties[i].Floor ?? 0, rest);
            rest -= floors[i];
        }

        var settled = new Dictionary<int, BigInteger>();
        for (var i = 0; i < floors.Length; i++)
        {
            if (Parties[i].Ppm == 0 && i != DustIndex)
            {
                settled[i] = floors[i];
            }
        }

        return Settle(amount, floors, settled);
    }

    private BigInteger[] Settle(BigInteger amount, BigInteger[] floors, Dictionary<int, BigInteger> settled)
    {
        var parts = Round(settled.Values.Aggregate(amount, (left, part) => left - part), settled);
        var low = parts.Where(p => p.Value < floors[p.Key]).ToList();
        var high = parts.Where(p => p.Value > Parties[p.Key].Cap).ToList();
        var balance = low.Aggregate(BigInteger.Zero, (sum, p) => sum + floors[p.Key] - p.Value)
            - high.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Value - Parties[p.Key].Cap!.Value);
        if (low.Count + high.Count == 0)
        {
            return [.. Enumerable.Range(0, floors.Length).Select(i => settled.TryGetValue(i, out var part) ? part : parts[i])];
        }

        var next = new Dictionary<int, BigInteger>(settled);
        foreach (var (i, _) in balance >= 0 ? low : [])
        {
            next[i] = floors[i];
        }

        foreach (var (i, _) in balance <= 0 ? high : [])
        {
            next[i] = Parties[i].Cap!.Value;
        }

        return Settle(amount, floors, next);
    }

    private Dictionary<int, BigInteger> Round(BigInteger amount, Dictionary<int, BigInteger> settled)
    {
        var open = Enumerable.Range(0, Parties.Length).Where(i => !settled.ContainsKey(i)).ToArray();
        var whole = open.Aggregate(BigInteger.Zero, (sum, i) => sum + Parties[i].Ppm);
        var parts = open.ToDictionary(i => i, i => whole == 0 ? 0 : amount * Parties[i].Ppm / whole);
        var left = parts.Values.Aggregate(amount, (rest, part) => rest - part);
        if (open.Contains(DustIndex))
        {
            parts[DustIndex] += left;
            return parts;
        }

        var lucky = Rounding == "LargestRemainder"
            ? open.OrderByDescending(i => amount * Parties[i].Ppm % whole)
            : open.Where(i => Parties[i].Ppm > 0);
        foreach (var i in lucky.Take((int)left))
        {
            parts[i]++;
        }

        return parts;
    }
}
