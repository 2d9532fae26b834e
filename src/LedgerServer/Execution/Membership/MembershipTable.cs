using System.Collections.Immutable;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>
/// Organisations, their keys and who may approve changes. <see cref="Organizations"/> and <see cref="Keys"/> are
/// immutable maps replaced as a whole, so any thread may read them, as admission does before it queues a command; what it
/// sees may be older or newer than the command's place in the order, where the engine checks again.
/// </summary>
internal sealed class MembershipTable : IStateTable
{
    private readonly Dictionary<string, List<string>> _keyIdsByOrganization = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _approvers;
    private volatile ImmutableSortedDictionary<string, Organization> _organizations =
        ImmutableSortedDictionary.Create<string, Organization>(StringComparer.Ordinal);

    private volatile ImmutableSortedDictionary<string, KeyRecord> _keys =
        ImmutableSortedDictionary.Create<string, KeyRecord>(StringComparer.Ordinal);

    /// <summary>Starts with the genesis' members.</summary>
    public MembershipTable(Genesis genesis)
    {
        _approvers = genesis.ApproverOrganizationIds;
        ApprovalsNeeded = genesis.ApprovalsNeeded;
        foreach (var organization in genesis.Organizations)
        {
            Enrol(organization, 0);
        }
    }

    /// <summary>All members, ordered by id; readable from any thread.</summary>
    public ImmutableSortedDictionary<string, Organization> Organizations => _organizations;

    /// <summary>All keys that ever were, ordered by id; readable from any thread.</summary>
    public ImmutableSortedDictionary<string, KeyRecord> Keys => _keys;

    /// <summary>A member; null where there is none with the id.</summary>
    public Organization? FindOrganization(string id) => _organizations.GetValueOrDefault(id);

    /// <summary>A key, active or revoked; null where there never was one with the id.</summary>
    public KeyRecord? FindKey(string id) => _keys.GetValueOrDefault(id);

    /// <summary>The keys of an organisation, ordered by the sequence from which they are valid, then by id.</summary>
    public IReadOnlyList<KeyRecord> KeysOf(string organizationId) =>
        [.. KeyIdsOf(organizationId).Select(id => _keys[id])
            .OrderBy(key => key.ValidFromSequence).ThenBy(key => key.Key.KeyId, StringComparer.Ordinal)];

    /// <summary>Number of keys that an organisation ever had.</summary>
    public int CountKeys(string organizationId) => KeyIdsOf(organizationId).Count;

    /// <summary>Roles that both a member and its key hold.</summary>
    public RoleSet ActingRoles(string organizationId, string keyId)
    {
        var roles = _organizations[organizationId].Roles;
        var keyRoles = _keys[keyId].Key.Roles;
        return keyRoles.Count == 0 ? roles : roles.Intersect(RoleSet.Of([.. keyRoles]));
    }

    /// <summary>Whether an organisation that acts as operator or regulator is among the policy's approvers.</summary>
    public Rejection? CheckApprover(string organizationId) =>
        _approvers.Count == 0 || _approvers.Contains(organizationId, StringComparer.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"organization_id: {organizationId} is not an approver of this ledger's policy; let an approver submit it.");

    /// <summary>Approvals that a decision needs.</summary>
    public uint ApprovalsNeeded { get; }

    /// <summary>Whether an organisation may approve now: active, in a role for it, and among the policy's approvers.</summary>
    public bool IsApprover(string organizationId) =>
        FindOrganization(organizationId) is { Status: OrganizationStatus.Active } organization
        && organization.Roles.Overlaps(RoleGroups.Approvers)
        && CheckApprover(organizationId) is null;

    /// <summary>Whether an organisation that a field names is a member.</summary>
    public Rejection? CheckKnown(string field, string organizationId) =>
        FindOrganization(organizationId) is not null
            ? null
            : Rejection.Because(
                RejectionReason.UnknownOrganization,
                $"{field}: not a member of this ledger at this sequence; have it enrolled first.");

    /// <summary>Adds a member with its first keys and returns it.</summary>
    internal Organization Enrol(OrganizationDefinition definition, ulong sequence)
    {
        var organization = new Organization
        {
            OrganizationId = definition.OrganizationId,
            DisplayName = definition.DisplayName,
            Roles = RoleSet.Of([.. definition.Roles]),
            Status = OrganizationStatus.Active,
            Ordinal = (uint)_organizations.Count,
            EnrolledAtSequence = sequence,
        };
        _organizations = _organizations.Add(organization.OrganizationId, organization);
        foreach (var key in definition.Keys)
        {
            AddKey(organization.OrganizationId, key, sequence);
        }

        return organization;
    }

    /// <summary>Adds a key whose id was never used.</summary>
    internal void AddKey(string organizationId, KeyDefinition key, ulong sequence)
    {
        _keys = _keys.Add(key.KeyId, new KeyRecord
        {
            OrganizationId = organizationId,
            Key = key,
            Status = KeyStatus.Active,
            ValidFromSequence = sequence,
        });
        IndexKey(organizationId, key.KeyId);
    }

    private void IndexKey(string organizationId, string keyId)
    {
        if (!_keyIdsByOrganization.TryGetValue(organizationId, out var ids))
        {
            _keyIdsByOrganization.Add(organizationId, ids = []);
        }

        ids.Add(keyId);
    }

    private List<string> KeyIdsOf(string organizationId) =>
        _keyIdsByOrganization.TryGetValue(organizationId, out var ids) ? ids : [];

    string IStateTable.Name => "membership";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_organizations.Values);
        writer.Records(_keys.Values);
    }

    void IStateTable.Load(StateReader reader)
    {
        var organizations = ImmutableSortedDictionary.CreateBuilder<string, Organization>(StringComparer.Ordinal);
        var keys = ImmutableSortedDictionary.CreateBuilder<string, KeyRecord>(StringComparer.Ordinal);
        _keyIdsByOrganization.Clear();
        reader.EachRecord<Organization>(organization => organizations.Add(organization.OrganizationId, organization));
        reader.EachRecord<KeyRecord>(key =>
        {
            keys.Add(key.Key.KeyId, key);
            IndexKey(key.OrganizationId, key.Key.KeyId);
        });
        _organizations = organizations.ToImmutable();
        _keys = keys.ToImmutable();
    }
}
