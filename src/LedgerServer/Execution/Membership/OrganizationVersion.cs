namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>A member as it stood from a sequence on, until its next version.</summary>
/// <param name="SinceSequence">Sequence that made it so; 0 for one of the genesis, too.</param>
/// <param name="Organization">The member.</param>
internal sealed record OrganizationVersion(ulong SinceSequence, Organization Organization);
