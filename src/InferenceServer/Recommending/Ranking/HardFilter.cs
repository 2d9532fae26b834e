using System.Collections;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending.Ranking;

/// <summary>
/// The conditions that a work must meet before it may be ranked, made ready for one catalogue version and one request.
/// Reads <see cref="WorkFacts"/> alone.
/// </summary>
internal sealed class HardFilter
{
    private readonly WorkTable table;
    private readonly long now;
    private readonly ulong fields;
    private readonly ulong kinds;
    private readonly BitArray? languages;
    private readonly Price? priceMax;
    private readonly int currency;
    private readonly HashSet<int> owned;
    private readonly HashSet<int> hidden;

    /// <summary>Makes the filter ready.</summary>
    /// <param name="table">The catalogue version.</param>
    /// <param name="filter">Fields, formats, languages and price; what else a search can ask for is not read.</param>
    /// <param name="now">The time at which works must be offered, Unix milliseconds.</param>
    /// <param name="owned">Works that the learner has taken up; identifiers that the catalogue lacks are passed over.</param>
    /// <param name="hidden">Works that she or the caller hid.</param>
    public HardFilter(WorkTable table, WorkFilter filter, long now, IEnumerable<string> owned, IEnumerable<string> hidden)
    {
        this.table = table;
        this.now = now;
        fields = Mask(filter.Fields);
        kinds = Mask(filter.Kinds);
        languages = filter.Languages.Count > 0 ? Spoken(table.Symbols, filter) : null;
        priceMax = filter.PriceMax;
        currency = priceMax is { } max ? table.Symbols.Find(max.Currency) : -1;
        this.owned = RowsOf(owned);
        this.hidden = RowsOf(hidden);
    }

    /// <summary>True when the work of the row meets every condition.</summary>
    public bool Admits(int row)
    {
        ref readonly var facts = ref table.Facts(row);
        return facts.Flags == WorkFlags.Offered && facts.From <= now && now < facts.Until && Suits(in facts) && Affordable(in facts)
            && !owned.Contains(row) && !hidden.Contains(row);
    }

    /// <summary>The first condition that the work of the row does not meet.</summary>
    public Exclusion Check(int row)
    {
        ref readonly var facts = ref table.Facts(row);
        return owned.Contains(row) ? Exclusion.Owned
            : hidden.Contains(row) ? Exclusion.Hidden
            : !facts.Flags.HasFlag(WorkFlags.Present | WorkFlags.Published) ? Exclusion.Unpublished
            : facts.From > now || now >= facts.Until ? Exclusion.Expired
            : !facts.Flags.HasFlag(WorkFlags.Licensed) ? Exclusion.Unlicensed
            : !Affordable(in facts) ? Exclusion.Price
            : !Suits(in facts) ? Exclusion.Format
            : Exclusion.None;
    }

    private static ulong Mask(IReadOnlySet<int> numbers) => numbers.Count == 0 ? ulong.MaxValue : numbers.Where(number => number is >= 0 and < 64).Aggregate(0UL, (mask, number) => mask | (1UL << number));

    private static BitArray Spoken(Symbols symbols, WorkFilter filter)
    {
        var known = symbols.All.ToArray();
        var spoken = new BitArray(known.Length == 0 ? 0 : known.Max(entry => entry.Value) + 1);
        foreach (var (language, number) in known)
        {
            spoken[number] = filter.Speaks(language);
        }

        return spoken;
    }

    private HashSet<int> RowsOf(IEnumerable<string> workIds) => [.. workIds.Select(table.RowOf).Where(row => row >= 0)];

    private bool Suits(in WorkFacts facts) =>
        (fields >> facts.Field & 1) != 0 && (kinds >> facts.Kind & 1) != 0
        && (languages is null || (facts.Language < languages.Length && languages[facts.Language]));

    private bool Affordable(in WorkFacts facts) =>
        priceMax is not { } max || (facts.Currency == currency && facts.Exponent == max.Exponent && facts.MinorUnits <= max.MinorUnits);
}
