using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>Agreements in all versions, and which of them splits a work's revenue.</summary>
internal sealed class AgreementTable : IStateTable
{
    private readonly List<AgreementVersion> _all = [];
    private readonly Dictionary<string, List<int>> _indexesById = new(StringComparer.Ordinal);
    private readonly Dictionary<(AgreementScope Scope, string Party), List<string>> _activated = [];

    /// <summary>All versions, ordered by the sequence of proposal.</summary>
    public IReadOnlyList<AgreementVersion> All => _all;

    /// <summary>The versions of an agreement in order; empty where there is none with the id.</summary>
    public IReadOnlyList<AgreementVersion> VersionsOf(string agreementId) =>
        _indexesById.TryGetValue(agreementId, out var indexes) ? [.. indexes.Select(index => _all[index])] : [];

    /// <summary>A version; null where there is none.</summary>
    public AgreementVersion? Find(string agreementId, uint version) =>
        _indexesById.TryGetValue(agreementId, out var indexes) && version >= 1 && version <= indexes.Count
            ? _all[indexes[(int)version - 1]]
            : null;

    /// <summary>The newest version; null where there is none.</summary>
    public AgreementVersion? FindNewest(string agreementId) =>
        _indexesById.TryGetValue(agreementId, out var indexes) ? _all[indexes[^1]] : null;

    /// <summary>
    /// The version that splits a work's revenue at a time; null where none does. The narrowest scope wins: work, then the
    /// producer that registered it, then default. Only agreements that every owner of the work is a party of are asked.
    /// Within an agreement the newest version that has started decides, for the kinds that it has a split of; once it is
    /// over, no earlier one comes back. An agreement without a split of the kind leaves it to wider ones. Where several agreements of one scope
    /// remain, the one activated last wins.
    /// </summary>
    public AgreementVersion? FindActive(Work work, RevenueKind kind, long atMicros) =>
        FindInScope(AgreementScope.Work(work.Details.WorkId), work, kind, atMicros)
        ?? FindInScope(AgreementScope.Producer(work.RegisteredByOrganizationId), work, kind, atMicros)
        ?? FindInScope(AgreementScope.Default, work, kind, atMicros);

    /// <summary>The versions in force at a time, at most one an agreement, ordered by the sequence of proposal.</summary>
    public IEnumerable<AgreementVersion> InForce(long atMicros) =>
        _indexesById.Keys.Select(id => FindStarted(id, atMicros)).OfType<AgreementVersion>().OrderBy(version => version.ProposedAtSequence);

    /// <summary>Adds a proposed version.</summary>
    internal void Add(AgreementVersion version)
    {
        if (!_indexesById.TryGetValue(version.Terms.AgreementId, out var indexes))
        {
            _indexesById.Add(version.Terms.AgreementId, indexes = []);
        }

        indexes.Add(_all.Count);
        _all.Add(version);
    }

    /// <summary>Replaces a version by itself as it stands now.</summary>
    internal void Update(AgreementVersion version)
    {
        _all[_indexesById[version.Terms.AgreementId][(int)version.Terms.Version - 1]] = version;
        if (version.Status == AgreementStatus.Active)
        {
            Index(version);
        }
    }

    // By party, so that the agreements of others, however many, cost a purchase nothing.
    private void Index(AgreementVersion version)
    {
        foreach (var party in version.Terms.Splits.SelectMany(split => split.Parties))
        {
            var key = (version.Terms.Scope, party.OrganizationId);
            if (!_activated.TryGetValue(key, out var ids))
            {
                _activated.Add(key, ids = []);
            }

            if (!ids.Contains(version.Terms.AgreementId, StringComparer.Ordinal))
            {
                ids.Add(version.Terms.AgreementId);
            }
        }
    }

    private AgreementVersion? FindInScope(AgreementScope scope, Work work, RevenueKind kind, long atMicros)
    {
        if (!_activated.TryGetValue((scope, work.Details.Owners[0].OrganizationId), out var ids))
        {
            return null;
        }

        AgreementVersion? best = null;
        foreach (var id in ids)
        {
            var version = FindStarted(id, atMicros);
            if (version is not null
                && CoversOwners(version, kind, work)
                && (best is null || version.ActivatedAtSequence > best.ActivatedAtSequence))
            {
                best = version;
            }
        }

        return best;
    }

    private AgreementVersion? FindStarted(string agreementId, long atMicros)
    {
        var indexes = _indexesById[agreementId];
        for (var i = indexes.Count - 1; i >= 0; i--)
        {
            var version = _all[indexes[i]];
            if (version.HasStartedAt(atMicros))
            {
                return version.IsOverAt(atMicros) ? null : version;
            }
        }

        return null;
    }

    string IStateTable.Name => "agreements";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<AgreementVersion>(version =>
    {
        Add(version);
        if (version.ActivatedAtSequence is not null)
        {
            Index(version);
        }
    });

    // An owner that is a party of any split has signed all of them.
    private static bool CoversOwners(AgreementVersion version, RevenueKind kind, Work work) =>
        version.Terms.SplitOf(kind) is not null
        && work.Details.Owners.All(owner => ProposalRules.IsParty(version.Terms, owner.OrganizationId));
}
