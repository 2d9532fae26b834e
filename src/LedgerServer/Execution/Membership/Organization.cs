namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A member as the ledger knows it.</summary>
internal sealed record Organization
{
    /// <summary>Its id.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Name for people, 1 to 256 UTF-8 bytes.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Its roles.</summary>
    public required RoleSet Roles { get; init; }

    /// <summary>Whether it may act.</summary>
    public required OrganizationStatus Status { get; init; }

    /// <summary>Place in the order of enrolment, from 0; never changes.</summary>
    public uint Ordinal { get; init; }

    /// <summary>Sequence from which it is a member; 0 for one of the genesis.</summary>
    public required ulong EnrolledAtSequence { get; init; }

    /// <summary>Sequence of its suspension; null unless suspended.</summary>
    public ulong? SuspendedAtSequence { get; init; }
}
