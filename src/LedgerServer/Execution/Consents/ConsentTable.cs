using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Consents, also those that ended.</summary>
internal sealed class ConsentTable : IStateTable
{
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byGrantee = new(StringComparer.Ordinal);
    private readonly List<Consent> _all = [];

    string IStateTable.Name => "consents";

    /// <summary>All consents, ordered by the sequence of their grant.</summary>
    public IReadOnlyList<Consent> All => _all;

    /// <summary>A consent; null where there is none with the id.</summary>
    public Consent? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>The consents of a learner, ordered by the sequence of their grant.</summary>
    public IReadOnlyList<Consent> OfSubject(string pseudonym) => Of(_bySubject, pseudonym);

    /// <summary>The consents to an organisation, ordered by the sequence of their grant.</summary>
    public IReadOnlyList<Consent> ToGrantee(string organizationId) => Of(_byGrantee, organizationId);

    /// <summary>Adds a consent whose id is new.</summary>
    internal void Add(Consent consent)
    {
        _indexById.Add(consent.ConsentId, _all.Count);
        Index(_bySubject, consent.SubjectPseudonym);
        Index(_byGrantee, consent.GranteeOrganizationId);
        _all.Add(consent);
    }

    /// <summary>Replaces a consent by itself as it stands now.</summary>
    internal void Update(Consent consent) => _all[_indexById[consent.ConsentId]] = consent;

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Consent>(Add);

    private void Index(Dictionary<string, List<int>> indexes, string key)
    {
        if (!indexes.TryGetValue(key, out var found))
        {
            indexes.Add(key, found = []);
        }

        found.Add(_all.Count);
    }

    private IReadOnlyList<Consent> Of(Dictionary<string, List<int>> indexes, string key) =>
        indexes.TryGetValue(key, out var found) ? [.. found.Select(index => _all[index])] : [];
}
