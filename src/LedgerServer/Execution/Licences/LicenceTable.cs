using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>
/// Licences by holder and work. A licence's position, from 0 in the order of grant, never changes, so that a reader who
/// comes back finds where it was, also after transfers.
/// </summary>
internal sealed class LicenceTable : IStateTable
{
    private readonly List<Licence> _all = [];
    private readonly Dictionary<string, int> _positionById = new(StringComparer.Ordinal);
    private readonly Dictionary<LicenceHolder, List<int>> _byHolder = [];
    private readonly Dictionary<string, List<int>> _byWork = new(StringComparer.Ordinal);
    private readonly Dictionary<(LicenceHolder Holder, string WorkId), List<int>> _open = [];

    /// <summary>All licences, ordered by the sequence of grant.</summary>
    public IReadOnlyList<Licence> All => _all;

    /// <summary>Number of licences ever granted.</summary>
    public int Count => _all.Count;

    /// <summary>A licence; null where there is none with the id.</summary>
    public Licence? Find(string id) => _positionById.TryGetValue(id, out var position) ? _all[position] : null;

    /// <summary>Positions of a holder's licences, active or not, ascending.</summary>
    public IReadOnlyList<int> PositionsHeldBy(LicenceHolder holder) =>
        _byHolder.TryGetValue(holder, out var positions) ? positions : [];

    /// <summary>Positions of a work's licences, active or not, ascending.</summary>
    public IReadOnlyList<int> PositionsOfWork(string workId) =>
        _byWork.TryGetValue(workId, out var positions) ? positions : [];

    /// <summary>The holder's licences of a work that are active at a time not before the newest command's, ordered by grant.</summary>
    public IEnumerable<Licence> Active(LicenceHolder holder, string workId, long atMicros) =>
        _open.TryGetValue((holder, workId), out var positions)
            ? positions.Select(position => _all[position]).Where(licence => licence.StatusAt(atMicros) == LicenceStatus.Active)
            : [];

    /// <summary>Adds a licence whose id is new.</summary>
    internal void Add(Licence licence)
    {
        var position = _all.Count;
        _positionById.Add(licence.LicenceId, position);
        _all.Add(licence);
        ListOf(_byWork, licence.WorkId).Add(position);
        ListOf(_byHolder, licence.Holder).Add(position);
        Open(position, licence.ValidFromMicros);
    }

    /// <summary>Replaces a licence by itself as it stands now, also under another holder.</summary>
    /// <param name="licence">The licence.</param>
    /// <param name="nowMicros">The order's time.</param>
    internal void Update(Licence licence, long nowMicros)
    {
        var position = _positionById[licence.LicenceId];
        var before = _all[position];
        _all[position] = licence;
        if (before.Holder == licence.Holder)
        {
            return;
        }

        _byHolder[before.Holder].Remove(position);
        _open.GetValueOrDefault((before.Holder, before.WorkId))?.Remove(position);
        var held = ListOf(_byHolder, licence.Holder);
        held.Insert(~held.BinarySearch(position), position);
        Open(position, nowMicros);
    }

    string IStateTable.Name => "licences";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Licence>(Add);

    // Time never falls, so what has ended is never asked for again: without the removal a holder who renews for years, or
    // is granted much, would make its purchases slow.
    private void Open(int position, long nowMicros)
    {
        var licence = _all[position];
        var open = ListOf(_open, (licence.Holder, licence.WorkId));
        open.RemoveAll(other => _all[other].StatusAt(nowMicros) != LicenceStatus.Active);
        var at = open.BinarySearch(position);
        open.Insert(at < 0 ? ~at : at, position);
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
