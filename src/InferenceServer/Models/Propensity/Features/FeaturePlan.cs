using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>How a table becomes features. Learned from columns without their labels; part of a model's file.</summary>
/// <param name="Blocks">Features of a row, block by block.</param>
/// <param name="GroupColumn">Column whose rows are compared, or null.</param>
/// <param name="Group">The comparison within groups, or null.</param>
/// <param name="GroupBlocks">Columns that are the same for all rows of a group; the last features.</param>
internal sealed record FeaturePlan(
    IReadOnlyList<IFeatureBlock> Blocks, string? GroupColumn, GroupBlock? Group, IReadOnlyList<IFeatureBlock> GroupBlocks)
{
    private const int CellsMax = 64; // a larger panel's columns are told by its features, not one by one
    private const int ComparedMax = 96;
    private const int ProfiledMax = 32;

    /// <summary>Features of a row itself; those after them are the same for all rows of a group.</summary>
    [JsonIgnore]
    public int OwnWidth => Blocks.Sum(block => block.Names.Count) + (Group?.OwnNames().Count() ?? 0);

    /// <summary>Learns a plan.</summary>
    /// <param name="table">The training data.</param>
    /// <param name="columns">Columns that may be used: not the label, no identifier, nothing that leaks.</param>
    /// <param name="groupColumn">Column whose rows are compared, or null.</param>
    public static FeaturePlan Of(Table table, IReadOnlyList<TableColumn> columns, string? groupColumn)
    {
        if (groupColumn is null)
        {
            return new FeaturePlan(BlocksOf(columns, out _), null, null, []);
        }

        var groups = GroupsOf(Checked.Of(table, groupColumn, ColumnKind.Text));
        var own = columns.Where(column => !IsConstantInGroups(column.Values, groups)).ToList();
        var blocks = BlocksOf(own, out var panels);
        var inPanel = panels.SelectMany(panel => panel.Inputs).ToHashSet();
        List<string> main =
        [
            .. panels.SelectMany(panel => panel.SumFeatures()),
            .. own.Where(column => column.Kind == ColumnKind.Number && !inPanel.Contains(column.Name)).Select(column => column.Name),
        ];
        List<string> compared = [.. main.Concat(panels.SelectMany(panel => panel.ChannelFeatures())).Take(ComparedMax)];
        var alone = new FeaturePlan(blocks, null, null, []);
        return alone with
        {
            GroupColumn = groupColumn,
            Group = GroupBlock.Of(compared, Math.Min(ProfiledMax, Math.Min(main.Count, compared.Count)), alone.Transform(table)),
            GroupBlocks = BlocksOf([.. columns.Except(own)], out _),
        };
    }

    /// <summary>Names of all features in order.</summary>
    public List<string> Names() =>
    [
        .. Blocks.SelectMany(block => block.Names), .. Group?.OwnNames() ?? [], .. Group?.ProfileNames() ?? [], .. GroupBlocks.SelectMany(block => block.Names),
    ];

    /// <summary>Columns that are read as text whatever they hold.</summary>
    public IEnumerable<string> TextInputs() =>
        Blocks.Concat(GroupBlocks).OfType<TextBlock>().Select(block => block.Column).Concat(GroupColumn is null ? [] : [GroupColumn]);

    /// <summary>Computes the features of all rows.</summary>
    /// <exception cref="Import.ImportException">A column is missing or holds something else than in training.</exception>
    public FeatureMatrix Transform(Table table)
    {
        var matrix = new FeatureMatrix(Names(), table.Rows, OwnWidth);
        var offset = 0;
        foreach (var block in Blocks)
        {
            block.Fill(table, matrix, offset);
            offset += block.Names.Count;
        }

        if (Group is not null)
        {
            Group.Fill(matrix, GroupsOf(Checked.Of(table, GroupColumn!, ColumnKind.Text)), offset);
            offset += Group.OwnNames().Count() + Group.ProfileNames().Count();
        }

        foreach (var block in GroupBlocks)
        {
            block.Fill(table, matrix, offset);
            offset += block.Names.Count;
        }

        matrix.Limit();
        return matrix;
    }

    /// <summary>The group of each row, from 0; rows without one form a group of their own.</summary>
    public static int[] GroupsOf(TableColumn column) => [.. column.Values.Select(value => float.IsNaN(value) ? column.Levels!.Count : (int)value)];

    private static List<IFeatureBlock> BlocksOf(IReadOnlyList<TableColumn> columns, out List<PanelBlock> panels)
    {
        panels = ColumnFamilies.Find(columns.Where(column => column.Kind == ColumnKind.Number));
        var told = panels.Where(panel => panel.Inputs.Count() > CellsMax).SelectMany(panel => panel.Inputs).ToHashSet();
        return
        [
            .. columns.Where(column => column.Kind != ColumnKind.Text && !told.Contains(column.Name)).Select(column => new PlainBlock(column.Name, column.Kind)),
            .. columns.Where(column => column.Kind == ColumnKind.Text).Select(TextBlock.Of),
            .. panels,
        ];
    }

    private static bool IsConstantInGroups(float[] values, int[] groups)
    {
        var first = new Dictionary<int, float>();
        for (var row = 0; row < values.Length; row++)
        {
            if (!first.TryAdd(groups[row], values[row]) && !first[groups[row]].Equals(values[row]))
            {
                return false;
            }
        }

        return true;
    }
}
