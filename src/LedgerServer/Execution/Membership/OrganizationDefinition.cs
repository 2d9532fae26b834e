namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A member to be: of the genesis, or of <see cref="EnrolOrganization"/>.</summary>
internal sealed record OrganizationDefinition
{
    /// <summary>Its id.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Name for people, 1 to 256 UTF-8 bytes.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Its roles as they came, 1 to 7, no doubles.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Its first keys, 1 to 16.</summary>
    public required IReadOnlyList<KeyDefinition> Keys { get; init; }
}
