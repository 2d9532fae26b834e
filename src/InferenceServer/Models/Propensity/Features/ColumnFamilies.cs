using System.Text.RegularExpressions;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>
/// Finds columns that are steps of a series by their names: a text, a number and a text, such as <c>d01_video … d30_video</c>
/// or <c>clicks_week1 … clicks_week8</c>. Series with the same numbers form a panel: channels that run side by side.
/// </summary>
internal static partial class ColumnFamilies
{
    /// <summary>Columns that make a series.</summary>
    public const int StepsMin = 4;

    /// <summary>The panels among some columns of numbers, each with its channels in the order of the file.</summary>
    public static List<PanelBlock> Find(IEnumerable<TableColumn> columns)
    {
        var places = columns.SelectMany(Places).ToList();
        var taken = new HashSet<string>();
        var families = new List<(string Prefix, string Suffix, List<(long Step, string Column)> Steps)>();
        foreach (var family in places.GroupBy(place => (place.Prefix, place.Suffix)).OrderByDescending(group => group.Count()))
        {
            var steps = family.Where(place => !taken.Contains(place.Column)).DistinctBy(place => place.Step)
                .OrderBy(place => place.Step).Select(place => (place.Step, place.Column)).ToList();
            if (steps.Count >= StepsMin)
            {
                families.Add((family.Key.Prefix, family.Key.Suffix, steps));
                taken.UnionWith(steps.Select(step => step.Column));
            }
        }

        return Panels(families);
    }

    private static List<PanelBlock> Panels(List<(string Prefix, string Suffix, List<(long Step, string Column)> Steps)> families)
    {
        var panels = new List<PanelBlock>();
        foreach (var same in families.GroupBy(family => string.Join(',', family.Steps.Select(step => step.Step))))
        {
            // Channels share what stands on one side of the number; the other side is their name.
            var bySuffix = same.GroupBy(family => family.Prefix).Where(group => group.Count() > 1).ToList();
            foreach (var group in bySuffix)
            {
                panels.Add(Panel(group.Key, group.Select(family => (Trim(family.Suffix), family.Steps))));
            }

            var rest = same.Where(family => bySuffix.TrueForAll(group => group.Key != family.Prefix)).GroupBy(family => family.Suffix);
            panels.AddRange(rest.Select(group => Panel(group.Key, group.Select(family => (Trim(family.Prefix), family.Steps)))));
        }

        return panels;
    }

    private static PanelBlock Panel(string shared, IEnumerable<(string Name, List<(long Step, string Column)> Steps)> channels)
    {
        var all = channels.Select(channel => new PanelChannel(channel.Name, [.. channel.Steps.Select(step => step.Column)])).ToList();
        var name = all.Count == 1 ? all[0].Name : Trim(shared);
        return new PanelBlock(name.Length > 0 ? name : "series", all);
    }

    private static string Trim(string part) => part.Trim('_', '-', '.', ' ', ':');

    private static IEnumerable<(string Prefix, string Suffix, long Step, string Column)> Places(TableColumn column)
    {
        foreach (Match match in Digits().Matches(column.Name))
        {
            if (long.TryParse(match.ValueSpan, out var step))
            {
                yield return (column.Name[..match.Index], column.Name[(match.Index + match.Length)..], step, column.Name);
            }
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
