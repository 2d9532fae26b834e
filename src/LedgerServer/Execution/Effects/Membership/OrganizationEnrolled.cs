using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>An organisation is a member; each of its keys follows as an effect of its own.</summary>
/// <param name="Organization">The organisation.</param>
internal sealed record OrganizationEnrolled(Organization Organization) : Effect;
