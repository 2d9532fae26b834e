using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Recorded accesses.</summary>
internal sealed class AccessTable : IStateTable
{
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byConsent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byOrganization = new(StringComparer.Ordinal);
    private readonly List<AccessRecord> _all = [];

    string IStateTable.Name => "accesses";

    /// <summary>All accesses, ordered by sequence.</summary>
    public IReadOnlyList<AccessRecord> All => _all;

    /// <summary>An access; null where there is none with the id.</summary>
    public AccessRecord? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>The accesses under a consent, ordered by sequence.</summary>
    public IReadOnlyList<AccessRecord> UnderConsent(string consentId) => Of(_byConsent, consentId);

    /// <summary>The accesses by an organisation, ordered by sequence.</summary>
    public IReadOnlyList<AccessRecord> ByOrganization(string organizationId) => Of(_byOrganization, organizationId);

    /// <summary>Adds an access whose id is new.</summary>
    internal void Add(AccessRecord access)
    {
        _indexById.Add(access.AccessId, _all.Count);
        Index(_byConsent, access.ConsentId);
        Index(_byOrganization, access.OrganizationId);
        _all.Add(access);
    }

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<AccessRecord>(Add);

    private void Index(Dictionary<string, List<int>> indexes, string key)
    {
        if (!indexes.TryGetValue(key, out var found))
        {
            indexes.Add(key, found = []);
        }

        found.Add(_all.Count);
    }

    private IReadOnlyList<AccessRecord> Of(Dictionary<string, List<int>> indexes, string key) =>
        indexes.TryGetValue(key, out var found) ? [.. found.Select(index => _all[index])] : [];
}
