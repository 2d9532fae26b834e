using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>Whether organisations and keys are within the contract's ranges; for commands and the genesis alike.</summary>
internal static class MemberShape
{
    /// <summary>Checks an organisation with its keys.</summary>
    public static Rejection? Check(OrganizationDefinition organization) =>
        Shape.Id("organization_id", organization.OrganizationId)
        ?? Shape.Range(
            "organization_id.length", organization.OrganizationId.Length, 1, EngineLimits.OrganizationIdLengthMax)
        ?? Shape.Text("display_name", organization.DisplayName, 1, 256)
        ?? Shape.Range("roles.count", organization.Roles.Count, 1, 7)
        ?? CheckRoles("roles", organization.Roles)
        ?? Shape.Range("keys.count", organization.Keys.Count, 1, EngineLimits.FirstKeysMax)
        ?? Shape.Each(organization.Keys, (key, i) => CheckKey($"keys[{i}]", key))
        ?? Shape.Each(
            organization.Keys,
            (key, i) => CheckKeyRoles($"keys[{i}].roles", key, RoleSet.Of([.. organization.Roles])));

    /// <summary>Checks a key by itself.</summary>
    public static Rejection? CheckKey(string field, KeyDefinition key) =>
        Shape.Id($"{field}.key_id", key.KeyId)
        ?? Shape.Defined($"{field}.algorithm", key.Algorithm)
        ?? CheckPublicKey(field, key)
        ?? CheckRoles($"{field}.roles", key.Roles);

    /// <summary>Whether a key is only given roles that its giver has.</summary>
    public static Rejection? CheckKeyRoles(string field, KeyDefinition key, RoleSet allowed) =>
        RoleSet.Of([.. key.Roles]).IsSubsetOf(allowed)
            ? null
            : Rejection.Because(
                RejectionReason.RoleMissing, $"{field}: must be among {allowed}; leave out the other roles.");

    /// <summary>Whether each role is defined and stands once.</summary>
    public static Rejection? CheckRoles(string field, IReadOnlyList<Role> roles)
    {
        var rejection = Shape.Each(roles, (role, i) => Shape.Defined($"{field}[{i}]", role));
        if (rejection is not null)
        {
            return rejection;
        }

        return RoleSet.Of([.. roles]).ToList().Count == roles.Count
            ? null
            : Shape.Malformed($"{field}: each role may stand once; leave out the doubles.");
    }

    // Whether the bytes are a point of the curve shows when the key signs: by another point nothing verifies.
    private static Rejection? CheckPublicKey(string field, KeyDefinition key)
    {
        var length = key.Algorithm == KeyAlgorithm.Ed25519 ? 32 : 33;
        if (key.PublicKey.Length != length)
        {
            return Shape.Malformed($"{field}.public_key: {key.Algorithm} keys have {length} bytes, not {key.PublicKey.Length}.");
        }

        return key.Algorithm == KeyAlgorithm.Ed25519 || key.PublicKey.Span[0] is 2 or 3
            ? null
            : Shape.Malformed($"{field}.public_key: a compressed point begins with 02 or 03; send the SEC 1 compressed form.");
    }
}
