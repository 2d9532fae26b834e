using System.Collections.Concurrent;

namespace KpGrpc.InferenceServer.Catalog;

/// <summary>
/// The catalogue by row: a number from 0 that a work is given when it first comes and keeps, also over its deletion, as
/// long as the process runs. Scores and content are arrays over rows. One version is immutable; the next one shares all
/// blocks but those in which a work changed, so that a write of one work among a million costs one block.
/// </summary>
internal sealed class WorkTable
{
    /// <summary>Rows of one block.</summary>
    public const int BlockRows = 1024;

    private readonly Block[] blocks;
    private readonly ConcurrentDictionary<string, int> rows; // shared by all versions: a row from Count on belongs to a later one

    private WorkTable(Block[] blocks, int count, ConcurrentDictionary<string, int> rows, Symbols symbols)
    {
        this.blocks = blocks;
        this.rows = rows;
        Count = count;
        Symbols = symbols;
    }

    /// <summary>Rows given so far, those of deleted works included.</summary>
    public int Count { get; }

    /// <summary>Numbers of languages and currencies.</summary>
    public Symbols Symbols { get; }

    /// <summary>The work of a row; null when it was deleted.</summary>
    public Work? this[int row] => blocks[row / BlockRows].Works[row % BlockRows];

    /// <summary>A table without works.</summary>
    public static WorkTable Empty() => new([], 0, new ConcurrentDictionary<string, int>(StringComparer.Ordinal), new Symbols());

    /// <summary>The identifier of the work that has or had the row.</summary>
    public string IdOf(int row) => blocks[row / BlockRows].Ids[row % BlockRows];

    /// <summary>What filters ask of the work of a row.</summary>
    public ref readonly WorkFacts Facts(int row) => ref blocks[row / BlockRows].Facts[row % BlockRows];

    /// <summary>The row of a work that this version has or had; -1 for any other.</summary>
    public int RowOf(string workId) => rows.TryGetValue(workId, out var row) && row < Count ? row : -1;

    /// <summary>The work, or null when this version does not have it.</summary>
    public Work? Find(string workId) => RowOf(workId) is >= 0 and var row ? this[row] : null;

    /// <summary>Rows whose work differs from that of an older version of this table, ascending.</summary>
    public IEnumerable<int> ChangedSince(WorkTable older)
    {
        for (var row = 0; row < Count; row++)
        {
            var block = row / BlockRows;
            if (row % BlockRows == 0 && block < older.blocks.Length && ReferenceEquals(blocks[block], older.blocks[block]))
            {
                row += BlockRows - 1;
                continue;
            }

            if (!ReferenceEquals(this[row], row < older.Count ? older[row] : null))
            {
                yield return row;
            }
        }
    }

    /// <summary>The next version. Call it from one thread at a time, on the newest version.</summary>
    public WorkTable With(IEnumerable<Work> changed, IEnumerable<string> deleted)
    {
        var next = new List<Block>(blocks);
        var copied = new HashSet<int>();
        var count = Count;
        foreach (var work in changed)
        {
            var row = rows.GetOrAdd(work.WorkId, _ => count);
            count = Math.Max(count, row + 1);
            Writable(next, copied, row).Set(row % BlockRows, work.WorkId, work, WorkFacts.Of(work, Symbols));
        }

        foreach (var id in deleted)
        {
            if (rows.TryGetValue(id, out var row))
            {
                Writable(next, copied, row).Set(row % BlockRows, id, null, default);
            }
        }

        return new WorkTable([.. next], count, rows, Symbols);
    }

    private static Block Writable(List<Block> next, HashSet<int> copied, int row)
    {
        var at = row / BlockRows;
        if (at == next.Count)
        {
            next.Add(new Block(new string[BlockRows], new Work?[BlockRows], new WorkFacts[BlockRows]));
            copied.Add(at);
        }
        else if (copied.Add(at))
        {
            next[at] = new Block([.. next[at].Ids], [.. next[at].Works], [.. next[at].Facts]);
        }

        return next[at];
    }

    private sealed record Block(string[] Ids, Work?[] Works, WorkFacts[] Facts)
    {
        public void Set(int at, string id, Work? work, WorkFacts facts) => (Ids[at], Works[at], Facts[at]) = (id, work, facts);
    }
}
