using System.Collections.Immutable;
using KpGrpc.LedgerServer.Execution.Governance;
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
    private readonly SortedDictionary<string, List<OrganizationVersion>> _history = new(StringComparer.Ordinal);
    private volatile ImmutableSortedDictionary<string, Organization> _organizations =
        ImmutableSortedDictionary.Create<string, Organization>(StringComparer.Ordinal);

    private volatile ImmutableSortedDictionary<string, KeyRecord> _keys =
        ImmutableSortedDictionary.Create<string, KeyRecord>(StringComparer.Ordinal);

    /// <summary>Starts with the genesis' members.</summary>
    public MembershipTable(Genesis genesis)
    {
        Policy = new ApprovalPolicy(genesis.ApprovalsNeeded, genesis.ApproverOrganizationIds);
        foreach (var organization in genesis.Organizations)
        {
            Enrol(organization, 0);
        }
    }

    /// <summary>How many approvals a change needs, and of whom.</summary>
    public ApprovalPolicy Policy { get; private set; }

    /// <summary>All members, ordered by id; readable from any thread.</summary>
    public ImmutableSortedDictionary<string, Organization> Organizations => _organizations;

    /// <summary>Every version of every member, ordered by id, then by sequence.</summary>
    public IEnumerable<OrganizationVersion> History => _history.Values.SelectMany(versions => versions);

    /// <summary>All keys that ever were, ordered by id; readable from any thread.</summary>
    public ImmutableSortedDictionary<string, KeyRecord> Keys => _keys;

    /// <summary>A member; null where there is none with the id.</summary>
    public Organization? FindOrganization(string id) => _organizations.GetValueOrDefault(id);

    /// <summary>A member as it stood right after a sequence; null where it was none by then.</summary>
    public Organization? FindOrganization(string id, ulong sequence) =>
        _history.TryGetValue(id, out var versions)
            ? versions.FindLast(version => version.SinceSequence <= sequence)?.Organization
            : null;

    /// <summary>A key, active or revoked; null where there never was one with the id.</summary>
    public KeyRecord? FindKey(string id) => _keys.GetValueOrDefault(id);

    /// <summary>The keys of an organisation, ordered by the sequence from which they are valid, then by id.</summary>
    public IReadOnlyList<KeyRecord> KeysOf(string organizationId) =>
        [.. KeyIdsOf(organizationId).Select(id => _keys[id])
            .OrderBy(key => key.ValidFromSequence).ThenBy(key => key.Key.KeyId, StringComparer.Ordinal)];

    /// <summary>Number of keys that an organisation ever had.</summary>
    public int CountKeys(string organizationId) => KeyIdsOf(organizationId).Count;

    /// <summary>Number of keys with which an organisation may sign.</summary>
    public int CountActiveKeys(string organizationId) =>
        KeyIdsOf(organizationId).Count(id => _keys[id].Status == KeyStatus.Active);

    /// <summary>Roles that both a member and its key hold.</summary>
    public RoleSet ActingRoles(string organizationId, string keyId)
    {
        var roles = _organizations[organizationId].Roles;
        var keyRoles = _keys[keyId].Key.Roles;
        return keyRoles.Count == 0 ? roles : roles.Intersect(RoleSet.Of([.. keyRoles]));
    }

    /// <summary>
    /// Whether an organisation may approve changes: active, operator or regulator, holding an active key, and named by the
    /// policy where that names any.
    /// </summary>
    public bool MayApprove(string organizationId) =>
        FindOrganization(organizationId) is { } organization && MayApprove(organization, Policy);

    /// <summary>Who may approve changes now, each id once.</summary>
    public IReadOnlyCollection<string> Approvers() =>
        [.. _organizations.Values.Where(organization => MayApprove(organization, Policy)).Select(organization => organization.OrganizationId)];

    /// <summary>Whether a submitter may approve changes.</summary>
    public Rejection? CheckApprover(string organizationId) =>
        MayApprove(organizationId)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"organization_id: {organizationId} is not an approver of this ledger's policy; let an approver submit it.");

    /// <summary>Whether a policy could still be met, so that what a change does can be undone.</summary>
    /// <param name="field">Field to name.</param>
    /// <param name="policy">The policy that would hold.</param>
    /// <param name="changed">A member as it would stand; null where none changes.</param>
    public Rejection? CheckEnoughApprovers(string field, ApprovalPolicy policy, Organization? changed = null)
    {
        var count = _organizations.Values.Count(organization =>
            MayApprove(organization.OrganizationId == changed?.OrganizationId ? changed : organization, policy));
        return count >= policy.ApprovalsNeeded
            ? null
            : Rejection.Because(
                RejectionReason.PolicyInvalid,
                $"{field}: {policy.ApprovalsNeeded} approvals would be needed and only {count} organisations could give one; change the policy or its approvers first.");
    }

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
        Change(organization, sequence);
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

    /// <summary>Gives a member other roles or another status.</summary>
    internal void Change(Organization organization, ulong sequence)
    {
        _organizations = _organizations.SetItem(organization.OrganizationId, organization);
        if (!_history.TryGetValue(organization.OrganizationId, out var versions))
        {
            _history.Add(organization.OrganizationId, versions = []);
        }

        versions.Add(new OrganizationVersion(sequence, organization));
    }

    /// <summary>Ends an active key.</summary>
    internal void RevokeKey(string keyId, ulong sequence, string replacedBy) =>
        _keys = _keys.SetItem(keyId, _keys[keyId] with
        {
            Status = KeyStatus.Revoked,
            RevokedAtSequence = sequence,
            ReplacedByKeyId = replacedBy,
        });

    /// <summary>Sets the policy.</summary>
    internal void SetPolicy(ApprovalPolicy policy) => Policy = policy;

    private bool MayApprove(Organization organization, ApprovalPolicy policy) =>
        organization.Status == OrganizationStatus.Active
        && organization.Roles.Overlaps(RoleGroups.Approvers)
        && policy.Names(organization.OrganizationId)
        && CountActiveKeys(organization.OrganizationId) > 0;

    private List<string> KeyIdsOf(string organizationId) =>
        _keyIdsByOrganization.TryGetValue(organizationId, out var ids) ? ids : [];

    string IStateTable.Name => "membership";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(History);
        writer.Records(_keys.Values);
        writer.Records([Policy]);
    }

    void IStateTable.Load(StateReader reader)
    {
        var keys = ImmutableSortedDictionary.CreateBuilder<string, KeyRecord>(StringComparer.Ordinal);
        _keyIdsByOrganization.Clear();
        _history.Clear();
        _organizations = _organizations.Clear();
        reader.EachRecord<OrganizationVersion>(version => Change(version.Organization, version.SinceSequence));
        reader.EachRecord<KeyRecord>(key =>
        {
            keys.Add(key.Key.KeyId, key);
            IndexKey(key.OrganizationId, key.Key.KeyId);
        });
        _keys = keys.ToImmutable();
        reader.EachRecord<ApprovalPolicy>(SetPolicy);
    }
}
