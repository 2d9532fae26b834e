using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Licences by holder and work.</summary>
internal sealed class LicenceTable : IStateTable
{
    private readonly Dictionary<string, Licence> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<LicenceHolder, List<Licence>> _byHolder = [];
    private readonly Dictionary<string, List<Licence>> _byWork = new(StringComparer.Ordinal);
    private readonly Dictionary<(LicenceHolder Holder, string WorkId), Licence> _newest = [];

    /// <summary>A licence; null where there is none with the id.</summary>
    public Licence? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Number of licences ever granted.</summary>
    public int Count => _byId.Count;

    /// <summary>The licences of a holder, active or not, ordered by the sequence of grant.</summary>
    public IReadOnlyList<Licence> HeldBy(LicenceHolder holder) =>
        _byHolder.TryGetValue(holder, out var licences) ? licences : [];

    /// <summary>The licences of a work, active or not, ordered by the sequence of grant.</summary>
    public IReadOnlyList<Licence> OfWork(string workId) => _byWork.TryGetValue(workId, out var licences) ? licences : [];

    /// <summary>
    /// The holder's licence of the work that is active at a time not before the newest command's; null where none is.
    /// Only the newest can be: no licence is granted while another is active, and the order's time never falls.
    /// </summary>
    public Licence? FindActive(LicenceHolder holder, string workId, long atMicros) =>
        _newest.TryGetValue((holder, workId), out var licence) && licence.StatusAt(atMicros) == LicenceStatus.Active
            ? licence
            : null;

    /// <summary>Adds a licence whose id is new.</summary>
    internal void Add(Licence licence)
    {
        _byId.Add(licence.LicenceId, licence);
        ListOf(_byHolder, licence.Holder).Add(licence);
        ListOf(_byWork, licence.WorkId).Add(licence);
        _newest[(licence.Holder, licence.WorkId)] = licence;
    }

    private static List<Licence> ListOf<TKey>(Dictionary<TKey, List<Licence>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }

    string IStateTable.Name => "licences";

    void IStateTable.Save(StateWriter writer) => writer.Records(_byId.Values, InOrderOfGrant);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Licence>(Add);

    private static int InOrderOfGrant(Licence left, Licence right) =>
        left.GrantedAtSequence != right.GrantedAtSequence
            ? left.GrantedAtSequence.CompareTo(right.GrantedAtSequence)
            : string.CompareOrdinal(left.LicenceId, right.LicenceId);
}
